// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace jh {

/// exp, log and sin(pi x) made of + - * / only, so that every CPU gives the same bits. The C
/// library picks other code paths on CPUs with FMA, and its last digit then differs (ADR 0007).
/// Relative error below 4e-16 of the true value over the ranges used here (tested).

/// e^x for |x| <= 700.
double portableExp(double x);
/// Natural logarithm of x > 0.
double portableLog(double x);
/// sin(pi x) for any x of moderate size.
double sinPi(double x);

}  // namespace jh
