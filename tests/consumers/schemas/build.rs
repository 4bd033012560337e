//! Writes the module `types` from `openapi.yaml`.

fn main() {
    specwright::Generator::new("openapi.yaml")
        .name("schemas")
        .emit([specwright::CrateKind::Types])
        .modules()
        .cargo()
        .generate()
        .unwrap();
}
