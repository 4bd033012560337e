//! Writes the module `types` from `openapi.yaml`, twice: with defaults, and keeping undeclared properties.

use specwright::CrateKind;
use specwright::config::UnknownFields;

fn main() {
    let choices = [
        ("schemas", UnknownFields::Ignore),
        ("kept", UnknownFields::Keep),
    ];
    for (name, unknown_fields) in choices {
        specwright::Generator::new("openapi.yaml")
            .name(name)
            .emit([CrateKind::Types])
            .unknown_fields(unknown_fields)
            .modules()
            .cargo()
            .generate()
            .unwrap();
    }
}
