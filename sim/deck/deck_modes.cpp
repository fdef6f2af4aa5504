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

/// Adds a rider's own freedoms behind the deck's, and its feet: each is stretched by its height
/// plus the sinking of the deck below it.
void addRider(const SprungRider& rider, const DeckShape& shape, Eigen::Index first,
              Eigen::MatrixXd& mass, Eigen::MatrixXd& stiffness) {
    using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const auto n = static_cast<Eigen::Index>(rider.freedoms);
    mass.block(first, first, n, n) = Eigen::Map<const Rows>{rider.mass.data(), n, n};
    stiffness.block(first, first, n, n) = Eigen::Map<const Rows>{rider.stiffness.data(), n, n};
    for (const SprungRider::Foot& foot : rider.feet) {
        Eigen::VectorXd sinking = Eigen::VectorXd::Zero(mass.rows()), height = sinking;
        shape.at(foot.x.si(), foot.y.si()).addTo(sinking.data(), 1.0);
        height.segment(first, n) = Eigen::Map<const Eigen::VectorXd>{foot.shape.data(), n};
        // The rider's own part is in its stiffness already.
        const double k_N_m = foot.stiffness.si();
        stiffness += k_N_m * (sinking * sinking.transpose() + sinking * height.transpose() +
                              height * sinking.transpose());
    }
}

}  // namespace

std::vector<double> DeckSolver::naturalFrequencies_Hz() const {
    return naturalFrequencies_Hz(loadVector({}), {});
}

// For reports and tests; nothing in a run depends on it, so it may differ in the last bits from
// machine to machine.
std::vector<double> DeckSolver::naturalFrequencies_Hz(std::span<const double> load_N,
                                                      std::span<const SprungRider> riders) const {
    const OpenContacts open = system_->openContacts(equilibriumUnder(load_N).u_m.data());
    const auto deckSize = static_cast<Eigen::Index>(system_->size());
    Eigen::Index size = deckSize;
    for (const SprungRider& rider : riders) size += static_cast<Eigen::Index>(rider.freedoms);
    Eigen::MatrixXd mass = Eigen::MatrixXd::Zero(size, size), stiffness = mass;
    mass.topLeftCorner(deckSize, deckSize) = eigenMatrix(system_->mass);
    stiffness.topLeftCorner(deckSize, deckSize) = eigenMatrix(system_->stiffnessWith(open));
    Eigen::Index first = deckSize;
    for (const SprungRider& rider : riders) {
        addRider(rider, system_->shape, first, mass, stiffness);
        first += static_cast<Eigen::Index>(rider.freedoms);
    }
    const Eigen::GeneralizedSelfAdjointEigenSolver<Eigen::MatrixXd> modes{stiffness, mass,
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
