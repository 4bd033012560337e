//! Converts the parts of a form to values. Needs `file.rs`, `problem.rs`.

use serde::de::DeserializeOwned;

use super::{FromParam, Place, Problem, Reading, UploadedFile, Validate, Validator, from_json};

/// A form with documented parts. Implemented by generated code.
pub trait Form: Sized {
    /// Reads the form from its parts.
    ///
    /// # Errors
    /// 400 if a part is not as described.
    fn read(parts: &mut Parts) -> Result<Self, Problem>;
}

/// A form without documented parts.
impl Form for () {
    fn read(_: &mut Parts) -> Result<Self, Problem> {
        Ok(())
    }
}

/// The parts of a form, in memory. They are taken out by name.
#[derive(Debug)]
pub struct Parts {
    list: Vec<(String, UploadedFile)>,
    reading: Reading,
}

impl Parts {
    pub(crate) fn new(reading: Reading) -> Self {
        Self {
            list: Vec::new(),
            reading,
        }
    }

    pub(crate) fn push(&mut self, name: String, part: UploadedFile) {
        self.list.push((name, part));
    }

    /// Takes a required file.
    pub(crate) fn file(&mut self, name: &str) -> Result<UploadedFile, Problem> {
        required(name, self.optional_file(name)?)
    }

    /// Takes an optional file, which must not be repeated.
    pub(crate) fn optional_file(&mut self, name: &str) -> Result<Option<UploadedFile>, Problem> {
        let mut files = self.take(name);
        let first = files.next();
        match files.next() {
            Some(_) => Err(wrong(name, "must not stand twice")),
            None => Ok(first),
        }
    }

    /// Takes all files with this name.
    pub(crate) fn files(&mut self, name: &str) -> Result<Vec<UploadedFile>, Problem> {
        Ok(self.take(name).collect())
    }

    /// Takes a required value.
    pub(crate) fn value<T: FromParam>(&mut self, name: &str) -> Result<T, Problem> {
        required(name, self.optional_value(name)?)
    }

    /// Takes an optional value, which must not be repeated.
    pub(crate) fn optional_value<T: FromParam>(
        &mut self,
        name: &str,
    ) -> Result<Option<T>, Problem> {
        let file = self.optional_file(name)?;
        file.map(|file| value(name, &file)).transpose()
    }

    /// Takes all values with this name.
    pub(crate) fn values<T: FromParam>(&mut self, name: &str) -> Result<Vec<T>, Problem> {
        self.take(name).map(|file| value(name, &file)).collect()
    }

    /// Takes a required JSON value.
    pub(crate) fn json<T: DeserializeOwned + Validate>(
        &mut self,
        name: &str,
    ) -> Result<T, Problem> {
        required(name, self.optional_json(name)?)
    }

    /// Takes an optional JSON value, which must not be repeated.
    pub(crate) fn optional_json<T: DeserializeOwned + Validate>(
        &mut self,
        name: &str,
    ) -> Result<Option<T>, Problem> {
        let file = self.optional_file(name)?;
        file.map(|file| self.read_json(name, &file)).transpose()
    }

    /// Takes all JSON values with this name.
    pub(crate) fn jsons<T: DeserializeOwned + Validate>(
        &mut self,
        name: &str,
    ) -> Result<Vec<T>, Problem> {
        let files = self.take(name);
        files.map(|file| self.read_json(name, &file)).collect()
    }

    fn read_json<T: DeserializeOwned + Validate>(
        &self,
        name: &str,
        file: &UploadedFile,
    ) -> Result<T, Problem> {
        self.reading.value(|| json_value(name, file))
    }

    /// Rejects a form that violates constraints, with all violations, by the name of each property.
    pub(crate) fn checked(&self, validator: &mut Validator) -> Result<(), Problem> {
        std::mem::take(validator)
            .finish()
            .map_err(Problem::invalid_body)
    }

    /// Takes the parts with this name, in order.
    fn take(&mut self, name: &str) -> impl Iterator<Item = UploadedFile> + use<> {
        let parts = std::mem::take(&mut self.list);
        let (taken, left): (Vec<_>, Vec<_>) =
            parts.into_iter().partition(|(known, _)| known == name);
        self.list = left;
        taken.into_iter().map(|(_, file)| file)
    }
}

fn value<T: FromParam>(name: &str, file: &UploadedFile) -> Result<T, Problem> {
    let text = std::str::from_utf8(&file.content).map_err(|_| wrong(name, "is not valid text"))?;
    T::from_param(text).map_err(|expected| wrong(name, expected))
}

fn json_value<T: DeserializeOwned + Validate>(
    name: &str,
    file: &UploadedFile,
) -> Result<T, Problem> {
    let value: T = from_json(&file.content).map_err(|error| {
        let pointer = format!("{}{}", pointer(name), error.pointer());
        Problem::invalid(NOT_AS_DESCRIBED).with_error(Place::Body(pointer), error.message())
    })?;
    match value.validate_request() {
        Ok(()) => Ok(value),
        Err(violations) => Err(Problem::violated(NOT_AS_DESCRIBED, violations, |within| {
            Place::Body(format!("{}{within}", pointer(name)))
        })),
    }
}

const NOT_AS_DESCRIBED: &str = "the body is not as described";

fn required<T>(name: &str, value: Option<T>) -> Result<T, Problem> {
    value.ok_or_else(|| wrong(name, "is required"))
}

fn wrong(name: &str, detail: &str) -> Problem {
    Problem::invalid(NOT_AS_DESCRIBED).with_error(Place::Body(pointer(name)), detail)
}

/// The JSON pointer of a part, as if the form were an object.
fn pointer(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}
