//! API_TITLE, as a service.

#![api_attributes]

pub mod app;
pub mod auth; //: secured
pub mod config;
pub mod error;
pub mod handlers;
pub mod health;
pub mod serve;
pub mod service;
