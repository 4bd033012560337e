//! Writes the modules `types`, `client` and `server` from each description.

fn main() {
    let keys = "../../cases/path-keys/openapi.yaml";
    for (name, description) in [("odd", "openapi.yaml"), ("keys", keys)] {
        specwright::Generator::new(description)
            .name(name)
            .modules()
            .cargo()
            .generate()
            .unwrap();
    }
}
