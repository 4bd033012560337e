//! Writes the modules `types`, `client` and `server` from each description.

use specwright::{Generator, Replacement};

fn main() {
    let keys = "../../cases/path-keys/openapi.yaml";
    for (name, description) in [("odd", "openapi.yaml"), ("keys", keys)] {
        Generator::new(description)
            .name(name)
            .modules()
            .cargo()
            .generate()
            .unwrap();
    }
    // Like the `specwright.toml` next to it, with a type of this crate in addition, which packages can't use.
    Generator::new("../../cases/own-types/openapi.yaml")
        .name("own")
        .replace_type("Money", "rust_decimal::Decimal")
        .replace_type("Expiry", "time::OffsetDateTime")
        .replace_type("Label", Replacement::new("crate::Label").hash(true))
        .replace_format("byte", "bytes::Bytes")
        .replace_format("date", "chrono::NaiveDate")
        .replace_format("date-time", "jiff::Timestamp")
        .replace_format("decimal", "rust_decimal::Decimal")
        .replace_format("ipv4", "std::net::Ipv4Addr")
        .replace_format(
            "password",
            Replacement::new("crate::Secret").with("crate::secret"),
        )
        .replace_format("unix-time", "jiff::Timestamp")
        .replace_format("uri", "url::Url")
        .replace_format("uuid", "uuid::Uuid")
        .dependency("uuid", "1", ["serde"])
        .derive("PartialOrd")
        .derive_for("Level", "Ord")
        .attribute_for("Level", "#[doc(alias = \"Degree\")]")
        .modules()
        .cargo()
        .generate()
        .unwrap();
}
