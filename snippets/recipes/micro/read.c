#include <math.h>
#include <stdio.h>
#include <string.h>
#include "gru.c"
#include "scale.h"

static int8_t scaled(double v, int k) {
    v = rint((v - mean[k]) / unit[k]);
    return v < -128 ? -128 : v > 127 ? 127 : v;
}

static void answer(const char *id) {
    if (*id) printf("%s %s\n", id, names[gru_class()]);
}

int main(void) {
    char id[32], last[32] = "";
    if (scanf("%*[^\n]") < 0) return 1;  // column names
    while (scanf(" %31[^,\n]", id) == 1) {
        if (strcmp(id, last)) {  // another recording
            answer(last);
            gru_reset();
            strcpy(last, id);
        }
        int8_t x[F];
        int n = 0;
        for (double v; n < F; n++) {
            int ok = scanf(",%lf", &v) == 1;
            if (!ok || !isfinite(v)) break;
            x[n] = scaled(v, n);
        }
        if (n < F || getchar() == ',') {
            fprintf(stderr, "%s: not %d numbers\n", id, F);
            return 1;
        }
        gru_step(x);
    }
    answer(last);
    if (feof(stdin)) return 0;
    fprintf(stderr, "after %s: no id\n", last);
    return 1;
}
