// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

namespace jh {

/// A vector of three components; frame and unit are in the name of whoever holds it.
struct Vec3 {
    double x{}, y{}, z{};

    friend constexpr Vec3 operator+(Vec3 a, Vec3 b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
    friend constexpr Vec3 operator-(Vec3 a, Vec3 b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
    friend constexpr Vec3 operator*(Vec3 a, double k) { return {a.x * k, a.y * k, a.z * k}; }
    friend constexpr Vec3 operator*(double k, Vec3 a) { return a * k; }
    constexpr Vec3& operator+=(Vec3 b) { return *this = *this + b; }
};

constexpr double dot(Vec3 a, Vec3 b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}
constexpr Vec3 cross(Vec3 a, Vec3 b) {
    return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

/// Turns vectors of one frame into another: R_WB takes those of B to W. Columns are the axes of B.
struct Rotation {
    Vec3 forward{1, 0, 0}, left{0, 1, 0}, up{0, 0, 1};

    friend constexpr Vec3 operator*(const Rotation& r, Vec3 v) {
        return r.forward * v.x + r.left * v.y + r.up * v.z;
    }
};

}  // namespace jh
