//! Databases for tests: a file of SQLite each, and a database each on one PostgreSQL, which is started for the run.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use mattermost_oauth_service::secrets::new_id;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// The database of one test. Its files are removed with it.
pub(crate) struct Database {
    pub(crate) url: String,
    folder: Option<PathBuf>,
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            std::fs::remove_dir_all(folder).ok();
        }
    }
}

impl Database {
    pub(crate) fn sqlite() -> Self {
        let folder = std::env::temp_dir().join(format!("service-{}", new_id()));
        std::fs::create_dir(&folder).unwrap();
        let url = format!("sqlite:{}", folder.join("apps.db").display());
        Self {
            url,
            folder: Some(folder),
        }
    }

    /// `None` where PostgreSQL isn't installed.
    pub(crate) async fn postgres() -> Option<Self> {
        let server = SERVER.get_or_init(start).as_ref()?;
        let name = format!("service_{}", new_id());
        let mut connection = PgConnection::connect(&server.url("postgres"))
            .await
            .unwrap();
        let create = AssertSqlSafe(format!("CREATE DATABASE {name}"));
        sqlx::query(create).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        Some(Self {
            url: server.url(&name),
            folder: None,
        })
    }
}

/// Runs tests on both databases.
macro_rules! on_both {
    ($($test:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                super::$test(crate::database::Database::sqlite()).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                if let Some(database) = crate::database::Database::postgres().await {
                    super::$test(database).await;
                }
            })+
        }
    };
}
pub(crate) use on_both;

/// PostgreSQL on loopback. It ends when its standard input does, which is when this process ends, however it does.
struct Server {
    port: u16,
    _process: Child,
}

static SERVER: OnceLock<Option<Server>> = OnceLock::new();

/// As root it runs as another user, which it insists on.
const SCRIPT: &str = r#"
set -e
bin=$1 port=$2
folder=$(mktemp -d)
as=
if [ "$(id -u)" = 0 ]; then
  user=postgres; id -u $user >/dev/null 2>&1 || user=nobody
  chown $user "$folder"
  as="setpriv --reuid=$user --regid=$(id -g $user) --clear-groups"
fi
cd "$folder"
$as "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --no-locale --no-sync >/dev/null 2>&1
$as "$bin/postgres" -D "$folder/data" -p "$port" -k "$folder" -c listen_addresses=127.0.0.1 -c max_connections=200 >"$folder/log" 2>&1 </dev/null &
server=$!
for _ in $(seq 300); do
  "$bin/pg_isready" -q -h 127.0.0.1 -p "$port" && break
  kill -0 $server || { cat "$folder/log" >&2; exit 1; }
  sleep 0.1
done
echo ready
cat >/dev/null
kill -QUIT $server
wait $server || true
rm -rf "$folder"
"#;

fn start() -> Option<Server> {
    let Some(bin) = installed() else {
        eprintln!(
            "PostgreSQL isn't installed (Debian's package `postgresql`): the tests over it are skipped"
        );
        return None;
    };
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let mut process = Command::new("sh")
        .args(["-c", SCRIPT, "sh"])
        .arg(bin)
        .arg(port.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    assert_eq!(line, "ready\n", "PostgreSQL didn't start");
    Some(Server {
        port,
        _process: process,
    })
}

impl Server {
    fn url(&self, name: &str) -> String {
        format!(
            "postgres://postgres@127.0.0.1:{}/{name}?sslmode=disable",
            self.port
        )
    }
}

/// The folder of PostgreSQL's programs: Debian keeps most of them out of `PATH`.
fn installed() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    let mut folders: Vec<PathBuf> = versions
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .collect();
    folders.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    folders.extend(std::env::split_paths(&path));
    let has = |folder: &Path, program: &str| folder.join(program).is_file();
    let all = ["initdb", "postgres", "pg_isready"];
    folders
        .into_iter()
        .rev()
        .find(|folder| all.iter().all(|program| has(folder, program)))
}
