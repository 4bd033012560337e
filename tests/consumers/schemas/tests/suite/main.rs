//! What generated types make of JSON: values that satisfy their schema are read, found valid and written back equal; others are refused,
//! while they are read or when they are checked.

mod values;
