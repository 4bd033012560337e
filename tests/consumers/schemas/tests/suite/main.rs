//! Generated types and JSON: values that satisfy their schema are read, are valid and are written back equal; others are rejected by
//! reading or by validation.

mod values;
