//! Which columns are shown, in which order, how wide.

/// One column as the user arranged it; a list of these is what is persisted, in display order.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnState {
    /// The column's name in the format (`asctime`, `name`, ...), or one of the table's own (`#line`, `#delta`).
    pub key: String,
    /// Width in points; `None` is the width that suits its kind.
    pub width: Option<f32>,
    /// Not shown.
    pub hidden: bool,
}
