//! Small pictures drawn with lines, because the default fonts lack most symbols and look different everywhere.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, pos2};

/// What a picture shows. All are drawn on a grid of 16 by 16.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Icon {
    /// Three lines: the menu.
    Menu,
    /// A folder: open.
    Folder,
    /// A sheet with a folded corner: a file.
    File,
    /// A cross: close, remove, clear.
    Close,
    /// A lens.
    Search,
    /// A funnel.
    Filter,
    /// An arrow up.
    Up,
    /// An arrow down.
    Down,
    /// A closed twisty.
    ChevronRight,
    /// An open twisty.
    ChevronDown,
    /// An arrow onto a line: stick to the end.
    Follow,
    /// An open eye: shown.
    Eye,
    /// An eye crossed out: hidden.
    EyeOff,
    /// Two sheets: copy.
    Copy,
    /// A tick.
    Check,
    /// A plus.
    Plus,
    /// A bar in a circle: excluded.
    Exclude,
    /// A pin: keep.
    Pin,
    /// An i in a circle.
    Info,
    /// A triangle with a bang.
    Warning,
    /// A circle with a bang.
    Error,
    /// A clock.
    Clock,
    /// A filled dot.
    Dot,
}

/// Draws `icon` in the middle of `rect`, at most 16 points large.
pub fn paint(painter: &Painter, rect: Rect, icon: Icon, color: Color32) {
    let side = rect.width().min(rect.height()).min(16.0);
    let pen = Pen {
        painter,
        origin: rect.center() - egui::Vec2::splat(side / 2.0),
        scale: side / 16.0,
        stroke: Stroke::new((1.4 * side / 16.0).max(1.0), color),
    };
    pen.draw(icon);
}

struct Pen<'a> {
    painter: &'a Painter,
    origin: Pos2,
    scale: f32,
    stroke: Stroke,
}

impl Pen<'_> {
    fn at(&self, (x, y): (f32, f32)) -> Pos2 {
        pos2(
            self.origin.x + x * self.scale,
            self.origin.y + y * self.scale,
        )
    }

    fn line(&self, points: &[(f32, f32)]) {
        let points = points.iter().map(|p| self.at(*p)).collect();
        self.painter.add(Shape::line(points, self.stroke));
    }

    fn closed(&self, points: &[(f32, f32)]) {
        let points = points.iter().map(|p| self.at(*p)).collect();
        self.painter.add(Shape::closed_line(points, self.stroke));
    }

    fn circle(&self, center: (f32, f32), radius: f32) {
        self.painter
            .circle_stroke(self.at(center), radius * self.scale, self.stroke);
    }

    fn dot(&self, center: (f32, f32), radius: f32) {
        self.painter
            .circle_filled(self.at(center), radius * self.scale, self.stroke.color);
    }

    fn draw(&self, icon: Icon) {
        match icon {
            Icon::Menu => {
                for y in [4.5, 8.0, 11.5] {
                    self.line(&[(3.0, y), (13.0, y)]);
                }
            }
            Icon::Close => {
                self.line(&[(4.5, 4.5), (11.5, 11.5)]);
                self.line(&[(11.5, 4.5), (4.5, 11.5)]);
            }
            Icon::Up => {
                self.line(&[(8.0, 13.0), (8.0, 3.5)]);
                self.line(&[(4.0, 7.5), (8.0, 3.5), (12.0, 7.5)]);
            }
            Icon::Down => {
                self.line(&[(8.0, 3.0), (8.0, 12.5)]);
                self.line(&[(4.0, 8.5), (8.0, 12.5), (12.0, 8.5)]);
            }
            Icon::ChevronRight => self.line(&[(6.0, 4.0), (10.0, 8.0), (6.0, 12.0)]),
            Icon::ChevronDown => self.line(&[(4.0, 6.0), (8.0, 10.0), (12.0, 6.0)]),
            Icon::Follow => {
                self.line(&[(8.0, 2.0), (8.0, 10.0)]);
                self.line(&[(4.5, 6.5), (8.0, 10.0), (11.5, 6.5)]);
                self.line(&[(3.5, 13.5), (12.5, 13.5)]);
            }
            Icon::Check => self.line(&[(3.5, 8.5), (6.5, 11.5), (12.5, 4.5)]),
            Icon::Plus => {
                self.line(&[(8.0, 3.5), (8.0, 12.5)]);
                self.line(&[(3.5, 8.0), (12.5, 8.0)]);
            }
            Icon::Exclude => {
                self.circle((8.0, 8.0), 5.5);
                self.line(&[(5.0, 8.0), (11.0, 8.0)]);
            }
            Icon::Dot => self.dot((8.0, 8.0), 3.0),
            Icon::Info | Icon::Warning | Icon::Error | Icon::Clock => self.sign(icon),
            _ => self.object(icon),
        }
    }

    fn sign(&self, icon: Icon) {
        match icon {
            Icon::Info => {
                self.circle((8.0, 8.0), 6.0);
                self.line(&[(8.0, 7.5), (8.0, 11.5)]);
                self.dot((8.0, 5.0), 0.9);
            }
            Icon::Warning => {
                self.closed(&[(8.0, 2.5), (14.5, 13.5), (1.5, 13.5)]);
                self.line(&[(8.0, 6.5), (8.0, 9.8)]);
                self.dot((8.0, 11.7), 0.8);
            }
            Icon::Clock => {
                self.circle((8.0, 8.0), 6.0);
                self.line(&[(8.0, 4.5), (8.0, 8.0), (10.5, 9.5)]);
            }
            _ => {
                self.circle((8.0, 8.0), 6.0);
                self.line(&[(8.0, 4.5), (8.0, 8.8)]);
                self.dot((8.0, 11.0), 0.9);
            }
        }
    }

    fn object(&self, icon: Icon) {
        match icon {
            Icon::Folder => {
                self.closed(&[
                    (1.5, 4.0),
                    (6.0, 4.0),
                    (7.5, 5.5),
                    (14.5, 5.5),
                    (14.5, 13.0),
                    (1.5, 13.0),
                ]);
            }
            Icon::File => {
                self.closed(&[
                    (3.5, 1.5),
                    (9.5, 1.5),
                    (12.5, 4.5),
                    (12.5, 14.5),
                    (3.5, 14.5),
                ]);
                self.line(&[(9.5, 1.5), (9.5, 4.5), (12.5, 4.5)]);
            }
            Icon::Search => {
                self.circle((7.0, 7.0), 4.3);
                self.line(&[(10.2, 10.2), (14.0, 14.0)]);
            }
            Icon::Filter => self.closed(&[
                (2.0, 3.5),
                (14.0, 3.5),
                (9.5, 8.5),
                (9.5, 13.0),
                (6.5, 11.5),
                (6.5, 8.5),
            ]),
            Icon::Eye | Icon::EyeOff => self.eye(icon == Icon::EyeOff),
            Icon::Copy => {
                self.closed(&[(5.5, 5.5), (13.5, 5.5), (13.5, 13.5), (5.5, 13.5)]);
                self.line(&[
                    (3.0, 10.5),
                    (2.5, 10.5),
                    (2.5, 2.5),
                    (10.5, 2.5),
                    (10.5, 3.0),
                ]);
            }
            Icon::Pin => {
                self.line(&[(5.0, 2.5), (11.0, 2.5)]);
                self.line(&[
                    (6.0, 2.5),
                    (6.0, 7.0),
                    (4.0, 9.5),
                    (12.0, 9.5),
                    (10.0, 7.0),
                    (10.0, 2.5),
                ]);
                self.line(&[(8.0, 9.5), (8.0, 14.0)]);
            }
            _ => {}
        }
    }

    fn eye(&self, crossed: bool) {
        self.closed(&[
            (1.5, 8.0),
            (4.5, 5.0),
            (8.0, 4.0),
            (11.5, 5.0),
            (14.5, 8.0),
            (11.5, 11.0),
            (8.0, 12.0),
            (4.5, 11.0),
        ]);
        self.dot((8.0, 8.0), 1.9);
        if crossed {
            self.line(&[(3.0, 13.5), (13.0, 2.5)]);
        }
    }
}
