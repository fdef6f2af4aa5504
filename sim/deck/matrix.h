// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace jh {

/// Upper limit of reduced coordinates: six modules of beams with a hinge between each two. Sizes
/// the scratch arrays of a step.
inline constexpr std::size_t maxFreedoms = 112;

/// Dense symmetric matrix by columns, rows padded to a multiple of eight with zeros.
///
/// Own code and not Eigen's, because a run must give the same bits in every build and on every
/// CPU: here each element has one fixed order of operations, while Eigen chooses its blocking from
/// the cache sizes it finds.
class SymmetricMatrix {
public:
    explicit SymmetricMatrix(std::size_t size = 0);

    std::size_t size() const { return size_; }
    std::size_t paddedRows() const { return rows_; }
    double& at(std::size_t row, std::size_t column) { return values_[column * rows_ + row]; }
    double at(std::size_t row, std::size_t column) const { return values_[column * rows_ + row]; }

    /// y = A x; `y` has room for paddedRows().
    void multiply(const double* x, double* y) const;
    /// x' A x.
    double quadratic(const double* x) const;
    /// this += factor * other, same size.
    void add(double factor, const SymmetricMatrix& other);
    /// In place, for a positive definite matrix. False if it is singular; it is then spoilt.
    [[nodiscard]] bool invert();

private:
    std::size_t size_{}, rows_{};
    std::vector<double> values_;
};

/// The non-zero elements of a symmetric matrix, by rows.
class SparseRows {
public:
    SparseRows() = default;
    explicit SparseRows(const SymmetricMatrix& full);
    /// y -= A x.
    void subtractProduct(const double* x, double* y) const;

private:
    struct Entry {
        std::size_t column{};
        double value{};
    };
    std::vector<std::size_t> rowEnds_;
    std::vector<Entry> entries_;
};

}  // namespace jh
