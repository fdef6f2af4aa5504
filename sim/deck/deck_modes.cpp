// SPDX-License-Identifier: GPL-3.0-or-later
#include <Eigen/Eigenvalues>
#include <cmath>

#include "sim/base/check.h"
#include "sim/deck/deck_system.h"

namespace jh {

namespace {

Eigen::MatrixXd eigenMatrix(const SymmetricMatrix& m) {
    const auto n = static_cast<Eigen::Index>(m.size());
    return Eigen::MatrixXd::NullaryExpr(n, n, [&m](Eigen::Index row, Eigen::Index column) {
        return m.at(static_cast<std::size_t>(row), static_cast<std::size_t>(column));
    });
}

}  // namespace

// For reports and tests; nothing in a run depends on it, so it may differ in the last bits from
// machine to machine.
std::vector<double> DeckSolver::naturalFrequencies_Hz() const {
    const LiftedCells lifted = system_->liftedCells(equilibrium({}).u_m.data());
    const Eigen::GeneralizedSelfAdjointEigenSolver<Eigen::MatrixXd> modes{
        eigenMatrix(system_->stiffnessWith(lifted)), eigenMatrix(system_->mass),
        Eigen::EigenvaluesOnly};
    JH_CHECK(modes.info() == Eigen::Success);

    std::vector<double> frequencies_Hz;
    constexpr double pi = 3.14159265358979323846;
    for (const double omega2 : modes.eigenvalues()) {
        frequencies_Hz.push_back(std::sqrt(std::max(0.0, omega2)) / (2.0 * pi));
    }
    return frequencies_Hz;
}

}  // namespace jh
