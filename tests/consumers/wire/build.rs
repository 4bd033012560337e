//! Writes the modules `types`, `client` and `server` from `openapi.yaml`.

fn main() {
    specwright::Generator::new("openapi.yaml")
        .name("odd")
        .modules()
        .cargo()
        .generate()
        .unwrap();
}
