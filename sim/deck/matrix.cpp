// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/deck/matrix.h"

#include <cstring>

#include "sim/base/check.h"

namespace jh {

namespace {

constexpr std::size_t rowBlock = 8;

// Two doubles in one SSE2 register, which every x86-64 has; elsewhere the compiler splits it.
// Element by element, so the bits do not depend on the optimiser.
using Pair = double __attribute__((vector_size(16)));

Pair load(const double* p) {
    Pair pair;
    std::memcpy(&pair, p, sizeof pair);
    return pair;
}

void store(double* p, const Pair& pair) {
    std::memcpy(p, &pair, sizeof pair);
}

}  // namespace

SymmetricMatrix::SymmetricMatrix(std::size_t size)
    : size_{size}, rows_{(size + rowBlock - 1) / rowBlock * rowBlock}, values_(size_ * rows_) {
    JH_CHECK(size <= maxFreedoms);
}

void SymmetricMatrix::multiply(const double* x, double* y) const {
    for (std::size_t row = 0; row < rows_; row += rowBlock) {
        Pair sum0{}, sum1{}, sum2{}, sum3{};
        const double* column = values_.data() + row;
        for (std::size_t c = 0; c < size_; ++c, column += rows_) {
            const Pair factor{x[c], x[c]};
            sum0 += load(column) * factor;
            sum1 += load(column + 2) * factor;
            sum2 += load(column + 4) * factor;
            sum3 += load(column + 6) * factor;
        }
        store(y + row, sum0);
        store(y + row + 2, sum1);
        store(y + row + 4, sum2);
        store(y + row + 6, sum3);
    }
}

double SymmetricMatrix::quadratic(const double* x) const {
    double product[maxFreedoms + rowBlock] = {};
    multiply(x, product);
    double sum = 0.0;
    for (std::size_t i = 0; i < size_; ++i) sum += x[i] * product[i];
    return sum;
}

void SymmetricMatrix::add(double factor, const SymmetricMatrix& other) {
    JH_CHECK(other.size_ == size_);
    for (std::size_t i = 0; i < values_.size(); ++i) values_[i] += factor * other.values_[i];
}

bool SymmetricMatrix::invert() {
    // Gauss-Jordan on the diagonal (the "sweep"): stable without pivoting for positive definite
    // matrices, and its inner loop runs down columns.
    constexpr double smallestPivot =
        1e-11;  // of the diagonal: rounding of 80 eliminations is 1e-14
    double diagonal[maxFreedoms] = {};
    for (std::size_t i = 0; i < size_; ++i) diagonal[i] = at(i, i);

    for (std::size_t k = 0; k < size_; ++k) {
        const double pivot = at(k, k);
        if (!(pivot > smallestPivot * diagonal[k])) return false;
        const double reciprocal = 1.0 / pivot;
        double* pivotColumn = values_.data() + k * rows_;
        for (std::size_t j = 0; j < size_; ++j) {
            const double factor = pivotColumn[j] * reciprocal;
            if (j == k || factor == 0.0) continue;
            double* column = values_.data() + j * rows_;
            const Pair pair{factor, factor};
            for (std::size_t i = 0; i < rows_; i += 2) {
                store(column + i, load(column + i) - load(pivotColumn + i) * pair);
            }
            column[k] = factor;
        }
        for (std::size_t i = 0; i < rows_; ++i) pivotColumn[i] *= reciprocal;
        pivotColumn[k] = -reciprocal;
    }
    for (double& value : values_) value = -value;
    return true;
}

SparseRows::SparseRows(const SymmetricMatrix& full) {
    for (std::size_t row = 0; row < full.size(); ++row) {
        for (std::size_t column = 0; column < full.size(); ++column) {
            if (full.at(row, column) != 0.0) entries_.push_back({column, full.at(row, column)});
        }
        rowEnds_.push_back(entries_.size());
    }
}

void SparseRows::subtractProduct(const double* x, double* y) const {
    const Entry* entry = entries_.data();
    for (std::size_t row = 0; row < rowEnds_.size(); ++row) {
        double sum = 0.0;
        for (const Entry* end = entries_.data() + rowEnds_[row]; entry != end; ++entry) {
            sum += entry->value * x[entry->column];
        }
        y[row] -= sum;
    }
}

}  // namespace jh
