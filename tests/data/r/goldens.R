# Prints the values that the tests of scoring compare with: Rscript goldens.R > goldens.csv
# in this folder. psych does the reliabilities; agreement and signs of carelessness follow their formulas.
suppressMessages({library(psych); library(GPArotation)})
options(warn = -1)

say <- function(name, value) cat(sprintf("%s,%.15g\n", name, as.numeric(value)), sep = "")
answers <- read.csv("answers.csv")
rows <- read.csv("reference.csv")
reversed <- list(safe = c(1, 3, 5), learn = c(), work = 1:8, slack = c())
correlation <- matrix(c(1, .3, .3, .3, 1, .2, .3, .2, 1), 3)

keyed <- function(scale) {
  row <- rows[rows$scale == scale, ]
  x <- as.matrix(answers[, paste0(scale, "_", 1:row$items)])
  for (i in reversed[[scale]]) x[, i] <- 1 + row$maximum - x[, i]
  x
}

reliability <- function(name, x) {
  x <- x[rowSums(!is.na(x)) > 0, ]
  a <- alpha(x, check.keys = FALSE, warnings = FALSE)
  say(paste0(name, " people"), nrow(x))
  say(paste0(name, " alpha"), a$total$raw_alpha)
  say(paste0(name, " alpha low"), a$feldt$lower.ci)
  say(paste0(name, " alpha high"), a$feldt$upper.ci)
  say(sprintf("%s item-rest %d", name, seq_len(ncol(x))), a$item.stats$r.drop)
  say(paste0(name, " omega total"), suppressMessages(omega(x, nfactors = 1, plot = FALSE))$omega.tot)
}
cat("name,value\n")
for (scale in rows$scale) {
  reliability(paste(scale, "gaps"), keyed(scale))
  reliability(paste(scale, "complete"), keyed(scale)[complete.cases(answers), ])
}
wrong <- keyed("safe")
wrong[, 5] <- 8 - wrong[, 5]
say(sprintf("safe unreversed item-rest %d", 1:7),
    alpha(wrong[complete.cases(wrong), ], warnings = FALSE)$item.stats$r.drop)

# James, Demaree & Wolf 1984
safe <- keyed("safe")
rwg <- function(x, null) {
  s <- mean(apply(x, 2, var, na.rm = TRUE)) / null
  ncol(x) * (1 - s) / (ncol(x) * (1 - s) + s)
}
for (g in sort(unique(answers$department))) {
  say(sprintf("rwg uniform %d", g), rwg(safe[answers$department == g, ], (7^2 - 1) / 12))
  say(sprintf("rwg skewed %d", g), rwg(safe[answers$department == g, ], 2.90))
}

# ICC by one-way analysis of variance; k of unequal groups after Snedecor & Cochran
score <- rowMeans(safe, na.rm = TRUE)
group <- factor(answers$department)
squares <- anova(lm(score ~ group))[["Mean Sq"]]
sizes <- table(group[!is.na(score)])
k <- (sum(sizes) - sum(sizes^2) / sum(sizes)) / (length(sizes) - 1)
say("icc k", k)
say("icc 1", (squares[1] - squares[2]) / (squares[1] + (k - 1) * squares[2]))
say("icc 2", (squares[1] - squares[2]) / squares[1])

# Signs of careless answering for the first 25 people
raw <- as.matrix(answers[, paste0("work_", 1:8)])
runs <- function(x, lag) {
  same <- x[-(1:lag)] == x[1:(length(x) - lag)]
  same[is.na(same)] <- FALSE
  found <- rle(as.vector(same))
  lag + max(c(0, found$lengths[found$values]))
}
halves <- function(i, start) {
  sapply(rows$scale, function(s) {
    x <- keyed(s)[i, ]
    r <- rows[rows$scale == s, ]
    (mean(x[seq(start, length(x), 2)], na.rm = TRUE) - r$mean) / r$sd
  })
}
loading <- rows$validity * sqrt(rows$retest)
center <- rep(rows$mean, rows$items)
scale_of <- rep(seq_len(nrow(rows)), rows$items)
covariance <- matrix(0, length(center), length(center))
for (i in seq_along(center)) for (j in seq_along(center)) {
  a <- scale_of[i]
  b <- scale_of[j]
  shared <- if (a == b) rows$alpha[a] else loading[a] * loading[b] * correlation[rows$need[a], rows$need[b]]
  covariance[i, j] <- rows$sd[a] * rows$sd[b] * shared
  if (i == j) covariance[i, j] <- covariance[i, j] + rows$sd[a]^2 * (1 - rows$alpha[a]) * rows$items[a]
}
everything <- do.call(cbind, lapply(rows$scale, keyed))
for (i in 1:25) {
  say(sprintf("longstring %d", i), runs(raw[i, ], 1))
  say(sprintf("alternating %d", i), runs(raw[i, ], 2))
  odd <- halves(i, 1)
  even <- halves(i, 2)
  r <- if (sum(!is.na(odd) & !is.na(even)) < 3) NA else cor(odd, even, use = "complete")
  say(sprintf("even-odd %d", i), if (!is.na(r) && r < -1 / 3) -1 else 2 * r / (1 + r))
  there <- !is.na(everything[i, ])
  d <- mahalanobis(everything[i, there], center[there], covariance[there, there])
  say(sprintf("distance %d", i), d)
}
