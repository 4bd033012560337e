//! Files among the arguments of a call. Needs `given.rs`.

use super::super::client::File;
use super::{Given, Invalid};

impl Given {
    /// A file that the operation requires.
    pub(crate) fn required_file(&mut self, name: &'static str) -> Result<File, Invalid> {
        let file = self.file(name);
        file.ok_or_else(|| Invalid::new(name, "is required"))
    }

    /// A file, if there is one.
    pub(crate) fn file(&mut self, name: &'static str) -> Option<File> {
        self.files_of(name).next()
    }

    /// All files of an argument.
    pub(crate) fn files_of(&mut self, name: &'static str) -> impl Iterator<Item = File> + use<> {
        let files = self.files.remove(name).unwrap_or_default().into_iter();
        files.map(|file| File::new(file.content).name(file.name))
    }
}
