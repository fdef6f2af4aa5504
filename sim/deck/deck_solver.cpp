// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/deck/deck_solver.h"

#include <algorithm>
#include <cmath>

#include "sim/base/check.h"
#include "sim/deck/deck_system.h"

namespace jh {

namespace {

using Scratch = double[maxFreedoms + 8];  // room for padded rows

}  // namespace

void DeckState::hashInto(Hash& hash) const {
    hash.add(std::span{u_m});
    hash.add(std::span{v_m_s});
    hash.add(std::span{a_m_s2});
}

std::vector<DeckSupport> cellSupports(std::span<const CellPlace> cells, Stiffness stiffness) {
    std::vector<DeckSupport> supports;
    supports.reserve(cells.size());
    for (const CellPlace& cell : cells) {
        supports.push_back({cell.x, cell.y, stiffness, cell.settlement});
    }
    return supports;
}

DeckSolver::DeckSolver(const DeckModel& deck, std::span<const DeckSupport> supports,
                       Acceleration gravity)
    : system_{std::make_unique<System>(deck, supports, gravity.si())} {}

DeckSolver::~DeckSolver() = default;
DeckSolver::DeckSolver(DeckSolver&&) noexcept = default;
DeckSolver& DeckSolver::operator=(DeckSolver&&) noexcept = default;

void DeckSolver::attach(std::span<const PointMass> masses) {
    system_->attach(masses);
}

std::size_t DeckSolver::supportCount() const {
    return system_->supports.size();
}

std::vector<double> DeckSolver::loadVector(std::span<const PointForce> forces) const {
    std::vector<double> load_N(system_->size());
    for (const PointForce& force : forces) addLoad(load_N, force);
    return load_N;
}

void DeckSolver::addLoad(std::span<double> load_N, const PointForce& force) const {
    JH_CHECK(load_N.size() == system_->size());
    system_->shape.at(force.x.si(), force.y.si()).addTo(load_N.data(), force.down.si());
}

ShapeVector DeckSolver::shapeAt(Length x, Length y) const {
    return system_->shape.at(x.si(), y.si());
}

std::vector<double> DeckSolver::evenLoadVector() const {
    std::vector<double> load_N = system_->deckWeight_N;
    for (double& part : load_N) part /= system_->deckWeightTotal_N;
    return load_N;
}

std::span<const double> DeckSolver::weightVector() const {
    return system_->weight_N;
}

DeckState DeckSolver::equilibrium(std::span<const PointForce> forces) const {
    return equilibriumUnder(loadVector(forces));
}

DeckState DeckSolver::equilibriumUnder(std::span<const double> outside_N) const {
    System& s = *system_;
    DeckState state;
    OpenContacts open = 0;
    OpenContacts pinned = 0;  // supports without which the deck would tip over: they hold it

    for (int pass = 0; pass < mostContactPasses; ++pass) {
        // The second round takes away the rounding of the inverse.
        state.u_m.assign(s.size(), 0.0);
        for (int round = 0; round < 2; ++round) {
            Scratch rest, correction;
            s.residual(state.u_m.data(), outside_N, rest);
            s.giveBackOpen(open, state.u_m.data(), rest);
            s.restWith(open).compliance.multiply(rest, correction);
            for (std::size_t i = 0; i < s.size(); ++i) state.u_m[i] += correction[i];
        }

        const OpenContacts found = s.openContacts(state.u_m.data()) & ~pinned;
        if (found == open) break;
        const OpenContacts next = s.nextContacts(open, found, state.u_m.data(), pass);
        if (s.restWith(next).possible) {
            open = next;
        } else {
            pinned |= next & ~open;
        }
    }
    state.v_m_s.assign(s.size(), 0.0);
    state.a_m_s2.assign(s.size(), 0.0);
    return state;
}

void DeckSolver::step(DeckState& state, std::span<const double> load_N, double dt_s,
                      std::span<Force> supportForces) {
    System& s = *system_;
    const std::size_t n = s.size();
    JH_CHECK(supportForces.size() == s.supports.size() && state.a_m_s2.size() == n);
    s.useStep(dt_s);

    // u' = predicted + dt^2/4 a', v' likewise, with the new acceleration a' from
    // (M + dt/2 C + dt^2/4 K) a' = load - K (u_p + dampingTime v_p); all supports in contact at
    // first.
    Scratch known, effective, allClosed, rest, acceleration;
    s.effectivePositions(state, known);
    const double half_s = dt_s / 2.0, quarter_s2 = half_s * half_s, damping_s = s.dampingTime_s;
    OpenContacts open = s.openContacts(known);
    for (std::size_t i = 0; i < n; ++i) {
        const double a = state.a_m_s2[i];
        state.u_m[i] += dt_s * state.v_m_s[i] + quarter_s2 * a;
        state.v_m_s[i] += half_s * a;
        known[i] = state.u_m[i] + damping_s * state.v_m_s[i];
    }
    s.residual(known, load_N, allClosed);

    const double implicit_s2 = quarter_s2 + damping_s * half_s;
    for (int pass = 0; pass < mostContactPasses; ++pass) {
        const double* load = allClosed;
        if (open != 0) {
            std::copy(allClosed, allClosed + n, rest);
            s.giveBackOpen(open, known, rest);
            load = rest;
        }
        s.stepInverse(open).multiply(load, acceleration);
        for (std::size_t i = 0; i < n; ++i) effective[i] = known[i] + implicit_s2 * acceleration[i];

        OpenContacts found = 0;
        for (std::size_t j = 0; j < s.supports.size(); ++j) {
            const double force_N = s.springForce_N(s.supports[j], effective);
            const bool gone = System::isOpen(s.supports[j], force_N);
            if (gone) found |= OpenContacts{1} << j;
            supportForces[j] = Force{gone ? 0.0 : force_N};
        }
        if (found == open) break;
        open = s.nextContacts(open, found, effective, pass);
    }
    for (std::size_t i = 0; i < n; ++i) {
        state.u_m[i] += quarter_s2 * acceleration[i];
        state.v_m_s[i] += half_s * acceleration[i];
        state.a_m_s2[i] = acceleration[i];
    }
}

void DeckSolver::supportForces(const DeckState& state, std::span<Force> out) const {
    const System& s = *system_;
    JH_CHECK(out.size() == s.supports.size());
    Scratch effective;
    s.effectivePositions(state, effective);
    for (std::size_t j = 0; j < s.supports.size(); ++j) {
        const double force_N = s.springForce_N(s.supports[j], effective);
        out[j] = Force{System::isOpen(s.supports[j], force_N) ? 0.0 : force_N};
    }
}

void DeckSolver::restart(DeckState& state, std::span<const double> load_N) const {
    System& s = *system_;
    Scratch effective, rest, acceleration;
    s.effectivePositions(state, effective);
    s.residual(effective, load_N, rest);
    s.giveBackOpen(s.openContacts(effective), effective, rest);
    s.massInverse().multiply(rest, acceleration);
    state.a_m_s2.assign(acceleration, acceleration + s.size());
}

Force DeckSolver::ringingBound(const DeckState& state, const DeckState& rest) const {
    System& s = *system_;
    const std::size_t n = s.size();
    JH_CHECK(state.u_m.size() == n && rest.u_m.size() == n);
    Scratch away, effective;
    s.effectivePositions(state, effective);
    const OpenContacts now = s.openContacts(effective);
    const OpenContacts open = s.openContacts(rest.u_m.data());
    for (std::size_t i = 0; i < n; ++i) away[i] = state.u_m[i] - rest.u_m[i];

    // Sum of forces = s'u + dampingTime s'v. By Cauchy's inequality in the norms of K and M it is
    // at most sqrt(2 E (s' K^-1 s + dampingTime^2 s' M^-1 s)), and E can only fall.
    const double potential_J = 0.5 * s.stiffnessWith(open).quadratic(away);
    const double kinetic_J = 0.5 * s.mass.quadratic(state.v_m_s.data());
    const double perEnergy =
        s.restWith(open).sumCompliance_N2_J +
        s.dampingTime_s * s.dampingTime_s * s.massInverse().quadratic(s.sumSlope_N_m(open).data());
    double bound_N = std::sqrt(2.0 * (potential_J + kinetic_J) * perEnergy);

    // While a support is still to come down or lift, energies in one pattern bound nothing.
    if (now != open) {
        for (const System::Support& support : s.supports) {
            bound_N += std::max(0.0, s.springForce_N(support, rest.u_m.data()));
        }
    }
    return Force{bound_N};
}

Length DeckSolver::deflection(const DeckState& state, Length x, Length y) const {
    JH_CHECK(state.u_m.size() == system_->size());
    return Length{system_->shape.at(x.si(), y.si()).dot(state.u_m.data())};
}

DeckSolver::Sag DeckSolver::sag(const DeckState& state, const DeckState& from, double x_m,
                                double y_m) const {
    const ShapeVector at = system_->shape.at(x_m, y_m);
    return {at.dot(state.u_m.data()) - at.dot(from.u_m.data()), at.dot(state.v_m_s.data())};
}

}  // namespace jh
