#pragma once
#include <vector>

namespace dengji::layout {

/// A polynomial in (x - centre) / span: well conditioned for pixel coordinates.
struct Polynomial {
    std::vector<double> coefficients; ///< ascending powers
    double centre = 0, span = 1;

    double operator()(double x) const {
        const double t = (x - centre) / span;
        double sum = 0;
        for (std::size_t i = coefficients.size(); i-- > 0;) sum = sum * t + coefficients[i];
        return sum;
    }
};

/// Weighted least squares; no weights: all 1. The degree is lowered when there are too few points.
Polynomial fit_polynomial(const std::vector<double>& x, const std::vector<double>& y,
                          const std::vector<double>& weights, int degree);

/// Re-weighted fit: a residual r counts 1 / (1 + (r / scale)^2)^power.
Polynomial fit_robustly(const std::vector<double>& x, const std::vector<double>& y, int degree, double scale,
                        int rounds, int power, std::vector<double> first_weights = {});

} // namespace dengji::layout
