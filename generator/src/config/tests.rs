//! Configurations, parsed.

use super::*;
use crate::crates::CrateKind;
use crate::limits::Limits;
use crate::polling::LongRunning;
use crate::source::FileId;

fn parse(text: &str) -> (Option<Config>, Vec<(String, Place)>) {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let config = Config::parse(
        Path::new("specs/specwright.toml"),
        text.to_owned(),
        &mut sources,
        &mut diagnostics,
    );
    (
        config,
        diagnostics
            .iter()
            .map(|diagnostic| (diagnostic.code.title(), diagnostic.place.clone()))
            .collect(),
    )
}

fn text(line: usize, column: usize) -> Place {
    Place::Text {
        file: FileId(0),
        line,
        column,
    }
}

#[test]
fn paths_are_relative_to_the_file_and_defaults_fill_the_rest() {
    let (config, said) = parse(
        "out = \"../generated\"\n[urls]\n\"https://x/\" = \"schemas\"\n[apis.pets]\nspec = \"pets/openapi.yaml\"\n\
         [apis.all]\nspec = \"a.yaml\"\nout = \"all\"\nemit = [\"server\"]\nstrict = true\nunknown-fields = \"keep\"\n\
         docs-url = \"https://d/{operationId}\"\nserve-document = true\nwords = [\"OAuth\"]\nroots = [\"../shared\"]\n\
         proptest = true\npackage-version = \"1.2.3-rc.1\"\nlicense = \"MIT\"\nderives = [\"PartialOrd\"]\nattributes = [\"#[must_use]\"]\n\
         oauth2 = true\nidempotency-key = \"Idempotency-Key\"\n[apis.all.operations]\n\"PUT /x\".retries = false\na = { retries = true, pagination = false }\nb.pagination.first = 0\n\
         b.long-running = true\nc.long-running = { state = \"phase\", done = [\"up\"] }\nd.long-running = false\n\
         [apis.all.operations.\"GET /y\"]\nbody-limit = \"1 KiB\"\ntime-limit = 2\n[apis.all.types]\nMoney = \"rust_decimal::Decimal\"\nPet = { derives = [\"Ord\"] }\n\
         [apis.all.formats]\ndate-time = { type = \"a::B\", with = \"a::c\", hash = true }\n\
         [apis.all.dependencies]\nrust_decimal = \"1\"\na = { path = \"../a\", default-features = false, features = [\"x\"] }\n",
    );
    assert_eq!(said, []);
    let [all, pets] = config.unwrap().apis.try_into().unwrap();
    assert_eq!(
        (pets.spec.as_path(), pets.out.as_path()),
        (
            Path::new("specs/pets/openapi.yaml"),
            Path::new("generated/pets")
        )
    );
    assert_eq!(pets.options.emit, CrateKind::DEFAULT);
    assert_eq!(
        pets.options.access.urls["https://x/"],
        Path::new("specs/schemas")
    );
    assert_eq!(all.out, Path::new("specs/all"));
    assert_eq!(all.options.emit, [CrateKind::Types, CrateKind::Server]);
    assert_eq!(all.options.access.roots, [Path::new("shared")]);
    assert_eq!(
        (
            all.options.strict,
            all.options.unknown_fields,
            all.options.proptest
        ),
        (true, UnknownFields::Keep, true)
    );
    assert!(all.options.oauth2 && !pets.options.oauth2);
    assert_eq!(
        all.options.idempotency_key.as_deref(),
        Some("Idempotency-Key")
    );
    let limits = Limits {
        body: Some(1024),
        time: Some(std::time::Duration::from_secs(2)),
    };
    let phase = LongRunning {
        state: Some("phase".to_owned()),
        done: vec!["up".to_owned()],
        ..LongRunning::default()
    };
    let mut set = [(); 6].map(|()| OperationOptions::default());
    set[0].limits = limits;
    set[1].retries = Some(false);
    set[2].retries = Some(true);
    set[2].pagination = Some(Pagination::Off);
    set[3].pagination = Some(Pagination::From(0));
    set[3].long_running = Some(GoesOn::Yes(LongRunning::default()));
    set[4].long_running = Some(GoesOn::Yes(phase));
    set[5].long_running = Some(GoesOn::No);
    let names = ["GET /y", "PUT /x", "a", "b", "c", "d"].map(str::to_owned);
    let set: Vec<_> = names.into_iter().zip(set).collect();
    assert_eq!(all.options.operations, set);
    assert!(all.options.serve_document && !pets.options.serve_document);
    let own = &all.options.own;
    assert_eq!(
        (&own.derives[..], &own.attributes[..]),
        (
            &["PartialOrd".to_owned()][..],
            &["#[must_use]".to_owned()][..]
        )
    );
    let types: Vec<_> = own.types.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(types, ["Money", "Pet"]);
    let replaced = |one: &own::OwnType| one.replacement.clone().unwrap();
    assert_eq!(replaced(&own.types[0]), "rust_decimal::Decimal".into());
    assert_eq!(
        replaced(&own.formats[0]),
        own::Replacement::new("a::B").with("a::c").hash(true)
    );
    let [a, decimal] = &own.packages[..] else {
        panic!("{own:?}")
    };
    // From `specs/all/types` to `a`.
    assert_eq!(a.source, [("path", "../../../a".to_owned())]);
    assert_eq!(
        (a.default_features, &a.features[..]),
        (false, &["x".to_owned()][..])
    );
    assert_eq!(decimal.source, [("version", "1".to_owned())]);
}

#[test]
fn operations_overlays_and_variables_are_chosen() {
    let (config, said) = parse(
        "[apis.pets]\nspec = \"pets/openapi.yaml\"\n[apis.all]\nspec = \"a.yaml\"\ninclude = [\"tag:x\"]\n\
         exclude = [\"GET /x\"]\nprune = true\nenv-prefix = \"ACME\"\noverlays = [\"a.overlay.yaml\", \"../b.yaml\"]\n",
    );
    assert_eq!(said, []);
    let [all, pets] = config.unwrap().apis.try_into().unwrap();
    let overlays = ["specs/a.overlay.yaml", "b.yaml"].map(Path::new);
    assert_eq!(all.options.access.overlays, overlays);
    let chosen = (
        &all.options.include,
        &all.options.exclude,
        all.options.prune,
    );
    let [include, exclude] = ["tag:x", "GET /x"].map(|entry| vec![entry.to_owned()]);
    assert_eq!(chosen, (&include, &exclude, Some(true)));
    assert!(pets.options.include.is_empty() && pets.options.prune.is_none());
    assert_eq!(
        (all.options.variables(), pets.options.variables()),
        ("ACME", "pets")
    );
}

#[test]
fn what_is_no_rust_is_told_where_it_stands() {
    let of = |rest: &str| parse(&format!("[apis.a]\nspec = \"a\"\n{rest}")).1;
    for (rest, title, place) in [
        (
            "derives = [\"Ord\", \"Json\"]\n",
            "`Json` is not what is expected here",
            text(3, 19),
        ),
        (
            "attributes = [\"must_use\"]\n",
            "`must_use` is not",
            text(3, 15),
        ),
        ("[apis.a.types]\nX = \"a b\"\n", "`a b` is not", text(4, 1)),
        (
            "[apis.a.types]\nX = {}\n",
            "invalid configuration: `X`: a `type`,",
            text(4, 1),
        ),
        (
            "[apis.a.types]\nX = { hash = true }\n",
            "invalid configuration: `X`: `with`",
            text(4, 1),
        ),
        (
            "[apis.a.types]\nX = { type = \"a::B\", derives = [\"Ord\"] }\n",
            "invalid configuration: `X`: the type",
            text(4, 1),
        ),
        (
            "[apis.a.formats]\ndate = { type = \"a::B\", with = \"c\" }\n",
            "`c` is not",
            text(4, 1),
        ),
        (
            "[apis.a.dependencies]\nx = { features = [] }\n",
            "invalid configuration: `x` needs",
            text(4, 1),
        ),
        (
            "[apis.a.types]\nX = { typ = \"a::B\" }\n",
            "invalid configuration: unknown field `typ`",
            text(4, 7),
        ),
    ] {
        let said = of(rest);
        assert!(said.len() == 1 && said[0].0.starts_with(title), "{said:?}");
        assert_eq!(said[0].1, place, "{rest}");
    }
}

#[test]
fn mistakes_are_told_where_they_are() {
    let (config, said) = parse("[apis.pets]\nspec = \"a\"\nstirct = true\n");
    assert!(config.is_none());
    assert!(
        said[0]
            .0
            .starts_with("invalid configuration: unknown field `stirct`"),
        "{}",
        said[0].0
    );
    assert_eq!(said[0].1, text(3, 1));
    let (config, said) =
        parse("[apis.\"3 pets\"]\nspec = \"a\"\n[apis.b]\nspec = \"b\"\npackage-version = \"1\"\n");
    assert!(config.is_none());
    let wanted = [
        (
            "`3 pets` is not a valid package name".to_owned(),
            text(1, 7),
        ),
        (
            "invalid configuration: `1` is not a version such as `1.2.3`, nor `auto`".to_owned(),
            text(5, 19),
        ),
    ];
    assert_eq!(said, wanted);
    assert_eq!(parse("").1[0].0, "the configuration lists no API");
}
