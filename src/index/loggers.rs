//! Interned logger names.

/// Names of loggers.
#[derive(Debug)]
pub struct LoggerTable;
