// Written by specwright; changes are overwritten.

//! The operations of each group.

pub(crate) mod oauth;
