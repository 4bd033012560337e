use specwright::*;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let mut d = diag::Diagnostics::new(false);
    let (s, e) = source::Sources::load(std::path::Path::new(&args[1]), &source::Access::default(), &mut d);
    let mut o = config::Options::new(config::PackageName::new(&args[2]).unwrap());
    if args.len() > 4 { o.unknown_fields = config::UnknownFields::Keep; }
    o.docs_url = Some("https://api.mattermost.com/#operation/{operationId}".into());
    let out = e.and_then(|e| compile(&s, e, &o, &mut d));
    for x in &d { eprintln!("{} {} {:?}", x.code.id(), x.code.title(), x.place); }
    if let Some(out) = out {
        for (p, t) in out.files.iter() {
            let p = std::path::Path::new(&args[3]).join(p.as_str());
            std::fs::create_dir_all(p.parent().unwrap()).unwrap();
            std::fs::write(p, t).unwrap();
        }
    }
}
