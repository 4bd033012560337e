//! Writes the modules that are measured.

fn main() {
    specwright::Generator::new("api.yaml")
        .name("shop")
        .modules()
        .cargo()
        .generate()
        .unwrap();
}
