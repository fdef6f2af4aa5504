// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace jh {

/// exp, log, powers, sin(pi x) and cos(pi x) made of + - * / only, so that every CPU gives the same
/// bits. The C library picks other code paths on CPUs with FMA, and its last digit then differs
/// (ADR 0007). Relative error below 4e-16 of the true value over the ranges used here (tested).

/// e^x for |x| <= 700.
double portableExp(double x);
/// Natural logarithm of x > 0.
double portableLog(double x);
/// sin(pi x) for any x of moderate size.
double sinPi(double x);
/// cos(pi x) for any x of moderate size.
double cosPi(double x);
/// x^p for x > 0, as e^(p ln x): relative error below (1 + |p ln x|) 4e-16.
double portablePow(double x, double p);

}  // namespace jh
