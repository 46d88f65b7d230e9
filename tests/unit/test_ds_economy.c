/* datasets: where states lie, what they produce, and the energy they trade. */
#include "ds_import.h"

START_TEST(distances_with_old_codes)
{
    struct ds ds = ds_open();

    ds_import(&ds, fixture("geodist/pairs.csv"));
    ck_assert_str_eq(ds.dataset, "geodist");
    ck_assert_int_eq(ds.problems, 0);
    ck_assert_str_eq(ds.unmatched.text, "|QQQ|");
    /* ROM is Romania and ZAR the Congo of Kinshasa; a state with itself is left out. */
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT distance_weighted_km FROM geodist WHERE from_state "
                                  "= 360 AND to_state = 490"),
                        5795.125);
    ck_assert(
        isnan(ds_number(&ds, "SELECT distance_weighted_km FROM geodist WHERE from_state = "
                             "490 AND to_state = 360")));
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM geodist"), 4);
    /* ISO: AUS is Australia (900) and AUT Austria (305). */
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT same_country FROM geodist WHERE from_state = 900 "
                                  "AND to_state = 305"),
                        1);
    ck_assert_double_eq(
        ds_number(&ds, "SELECT from_state FROM geodist WHERE distance_km = 1900.5"), 345);
    ds_import(&ds, fixture("geodist/states.csv"));
    ck_assert_str_eq(ds.part, "states");
    ck_assert_double_eq(ds_number(&ds, "SELECT latitude FROM geo_state WHERE state = 2"),
                        38.867);
    ck_assert_double_eq(ds_number(&ds, "SELECT area_km2 FROM geo_state WHERE state = 565"),
                        824292);
    ds_import_text(&ds,
                   "iso_o,iso_d,contig,comlang_off,dist,distcap,distw\nUSA,CAN,1,1,x,1,2\n");
    ck_assert_int_eq(ds.problems, 1);
    ds_import_text(&ds, "iso_o,iso_d,dist,distw\nUSA,CAN,1,2\n");
    ck_assert_int_eq(ds.tables[ENT_IMPORT_UNKNOWN], 1);
    ds_close(&ds);
}
END_TEST

START_TEST(borders_stand_once)
{
    struct ds ds = ds_open();

    ds_import(&ds, fixture("land_borders/pairs.csv"));
    ck_assert_int_eq(ds.merged, 1);
    ck_assert_int_eq(ds.unmatched_count, 0);
    ck_assert_double_eq(ds_number(&ds, "SELECT sum(borders) FROM land_border"), 3);
    ck_assert_double_eq(ds_number(&ds, "SELECT state_b FROM land_border WHERE state_a = 345"),
                        347);
    ds_close(&ds);
}
END_TEST

START_TEST(bank_tables_are_told_apart)
{
    struct ds ds = ds_open();

    ds_import(&ds, fixture("wdi/gdp.csv"));
    ck_assert_str_eq(ds.part, "gdp");
    ck_assert_str_eq(ds.unmatched.text, "|EUU||WLD|");
    ds_import(&ds, fixture("wdi/population.csv"));
    ck_assert_str_eq(ds.part, "population");
    ck_assert_double_eq(ds_number(&ds, "SELECT gdp FROM wdi_gdp WHERE state = 710"),
                        10475624944355.25);
    ck_assert_double_eq(
        ds_number(&ds, "SELECT population FROM wdi_population WHERE state = 710"), 1371860000);
    ds_import_text(&ds, "Country Name,Country Code,Year,Value\nChina,CHN,2014,1.5e12\n"
                        "China,CHN,2015,-1\nChina,CHN,201x,5\nChina,CHN,2016,7.0e9\n"
                        "China,CHN,2017");
    ck_assert_str_eq(ds.part, "population");
    ck_assert_int_eq(ds.problems, 2);
    /* An indicator in percent is neither. */
    ds_import_text(&ds, "Country Name,Country Code,Year,Value\nChina,CHN,2014,7.25\n");
    ck_assert_int_eq(ds.tables[ENT_IMPORT_UNKNOWN], 1);
    ds_close(&ds);
}
END_TEST

START_TEST(bank_download)
{
    struct ds ds = ds_open();

    ds_import(&ds, fixture("wdi/bank.csv"));
    ck_assert_str_eq(ds.part, "gdp");
    ck_assert_str_eq(ds.unmatched.text, "|WLD|");
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM wdi_gdp"), 3);
    ck_assert_double_eq(
        ds_number(&ds, "SELECT gdp FROM wdi_gdp WHERE state = 710 AND year = 2014"),
        10475624944355.25);
    ds_close(&ds);
}
END_TEST

START_TEST(penn_world_table)
{
    struct ds ds = ds_open();
    char text[32];

    ds_import(&ds, fixture("pwt/rows.csv"));
    ck_assert_str_eq(ds.dataset, "pwt");
    ck_assert_int_eq(ds.problems, 0);
    ck_assert_double_eq(
        ds_number(&ds, "SELECT csh_m FROM pwt WHERE state = 305 AND year = 1990"), -0.33);
    ck_assert(isnan(ds_number(&ds, "SELECT rgdpe FROM pwt WHERE year = 1991")));
    ck_assert(isnan(ds_number(&ds, "SELECT avh FROM pwt WHERE year = 1990")));
    ck_assert_str_eq(
        ds_text(&ds, "SELECT i_cig FROM pwt WHERE year = 1990", text, sizeof(text)),
        "benchmark");
    ds_import_text(&ds, "isocode,year,rgdpe,rgdpo,cgdpe,cgdpo,rgdpna\nAUT,1990,n.a.,1,1,1,1\n"
                        "XXQ,1990,1,1,1,1,1\nAUT");
    ck_assert_int_eq(ds.problems, 1);
    ck_assert_str_eq(ds.unmatched.text, "|XXQ|");
    ds_close(&ds);
}
END_TEST

START_TEST(influence_of_each)
{
    struct ds ds = ds_open();

    ds_import(&ds, fixture("fbic/rows.csv"));
    ck_assert_str_eq(ds.dataset, "fbic");
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM fbic"), 3);
    ck_assert_double_eq(ds_number(&ds, "SELECT fbic FROM fbic WHERE influencer = 710"), 0.43);
    ck_assert_double_eq(ds_number(&ds, "SELECT econ_dependence + sec_bandwidth FROM fbic WHERE "
                                       "influencer = 365 AND receiver = 710"),
                        1);
    ds_import_text(&ds, "iso3,receiver,year,fbic_zzz\nPAK,Pakistan,2020,.5\n");
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_FAILED);
    ds_import_text(&ds,
                   "iso3,receiver,year,fbic_usa\nPAK,Pakistan,2020,.5x\nPAK,Pakistan,2021,.5");
    ck_assert_int_eq(ds.problems, 1);
    ds_close(&ds);
}
END_TEST

START_TEST(energy_matrices)
{
    struct ds ds = ds_open();
    char unit[40];

    ds_import(&ds, fixture("energy/pipeline.csv"));
    ck_assert_str_eq(ds.part, "gas by pipeline 2023");
    ck_assert_str_eq(ds.unmatched.text, "|Asia Pacific||Other Europe||Rest of Europe|");
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM energy_trade"), 3);
    ck_assert_double_eq(ds_number(&ds, "SELECT volume FROM energy_trade WHERE year = 2023 AND "
                                       "importer = 710 AND exporter = 365 AND fuel = 1"),
                        21.25);
    ds_import(&ds, fixture("energy/lng.csv"));
    ck_assert_double_eq(ds_number(&ds, "SELECT volume FROM energy_trade WHERE year = 2021 AND "
                                       "importer = 155 AND exporter = 52 AND fuel = 2"),
                        2.25);
    ds_import(&ds, fixture("energy/coal.csv"));
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT volume FROM energy_trade WHERE importer = 710 AND "
                                  "exporter = 365 AND fuel = 3"),
                        2.5);
    ck_assert_double_eq(
        ds_number(&ds, "SELECT volume FROM energy_trade WHERE importer = 740 AND fuel = 3"),
        0.25);
    ds_import(&ds, fixture("energy/oil.csv"));
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT volume FROM energy_trade WHERE importer = 750 AND "
                                  "exporter = 696 AND fuel = 4"),
                        23);
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT volume FROM energy_trade WHERE importer = 750 AND "
                                  "exporter = 365 AND fuel = 5"),
                        2.125);
    ck_assert_str_eq(ds_text(&ds, "SELECT DISTINCT unit FROM energy_trade WHERE fuel = 4", unit,
                             sizeof(unit)),
                     "million tonnes");
    ds_close(&ds);
}
END_TEST

START_TEST(energy_series)
{
    struct ds ds = ds_open();

    ds_import(&ds, fixture("energy/lng_imports.csv"));
    ck_assert_str_eq(ds.version, "2023");
    ck_assert_int_eq(ds.problems, 0);
    /* The columns after 2022 are growth and shares. */
    ck_assert_double_eq(ds_number(&ds, "SELECT volume FROM energy_total WHERE state = 740 AND "
                                       "year = 2022"),
                        98.25);
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM energy_total"), 5);
    ds_import(&ds, fixture("energy/lng_imports_newer.csv"));
    ck_assert_int_eq(ds.outcome, ENT_IMPORT_REPLACED);
    ck_assert_double_eq(ds_number(&ds, "SELECT volume FROM energy_total WHERE state = 740 AND "
                                       "year = 2022"),
                        98.5);
    ds_import(&ds, fixture("energy/two_years.csv"));
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT volume FROM energy_total WHERE state = 365 AND year "
                                  "= 2023 AND fuel = 4 AND flow = 2"),
                        240.5);
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT volume FROM energy_total WHERE state = 365 AND year "
                                  "= 2022 AND fuel = 5 AND flow = 1"),
                        2.5);
    ds_import(&ds, fixture("energy/balance.csv"));
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT volume FROM energy_gas_series WHERE importer = 710 "
                                  "AND exporter = 365 AND year = 2022"),
                        14.75);
    ck_assert_double_eq(ds_number(&ds, "SELECT count(*) FROM energy_gas_series"), 2);
    ck_assert_double_eq(ds_number(&ds,
                                  "SELECT volume FROM energy_total WHERE state = 710 AND year "
                                  "= 2023 AND fuel = 1 AND flow = 1"),
                        62.25);
    ds_close(&ds);
}
END_TEST

START_TEST(bad_energy_is_reported)
{
    static const struct {
        const char *text;
        const char *message;
    } bad[] = {
        { "\"Natural Gas: Trade movements 2023 by pipeline\",,\nBcm,,\n",
          "Billion cubic metres" },
        { "\"Natural Gas: Trade movements by pipeline\",,\nBillion cubic metres,,\nTo,Norway,\n",
          "no year" },
        { "\"Coal: Inter-area movements 2023\",,\nExajoules,China,Total\nFrom,,\nRussia,1,1\n",
          "row of totals" },
        { "\"Oil: Trade movements\",,\nThousand barrels daily,x,y\n", "no years" },
        { "\"Oil trade in 2022 and 2024\",,\nMillion tonnes,,\n", "two years" },
    };
    struct ds ds = ds_open();

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        ds_import_text(&ds, bad[i].text);
        ck_assert_int_eq(ds.outcome, ENT_IMPORT_FAILED);
        ck_assert_msg(strstr(ds.error, bad[i].message), "%s", ds.error);
    }
    ds_import_text(&ds, "\"Coal: Inter-area movements 2023\",,\nExajoules,China,Total\nFrom,,\n"
                        "Russia,many,1\nTotal imports,1,1\n");
    ck_assert_int_eq(ds.problems, 1);
    ck_assert_ptr_nonnull(strstr(ds.problem, "text.csv:4:2: \"many\" is not a number"));
    ds_close(&ds);
}
END_TEST

/* The published files: rows kept, and the codes that are no state. */
static const struct {
    const char *file, *part;
    int rows;
    size_t unmatched;
} published[] = {
    { "geography/dist_cepii.csv.gz", "pairs", 49952, 0 },
    { "geography/geo_cepii.csv", "states", 225, 0 },
    { "geography/land_borders.csv", "", 325, 0 },
    { "economy/gdp.csv", "gdp", 11146, 48 },
    { "economy/population.csv", "population", 14075, 48 },
    { "economy/pwt91.csv.gz", "", 12376, 0 },
    { "influence/FBIC.csv", "", 20446, 0 },
    { "economy/BP2022_Coal_Trade_movements.csv", "coal series", 352, 9 },
    { "economy/BP2022_Gas_Inter_regional_trade.csv", "gas balance series", 154, 8 },
    { "economy/BP2022_Gas_LNG_exports.csv", "liquefied gas exports series", 396, 4 },
    { "economy/BP2022_Gas_LNG_imports.csv", "liquefied gas imports series", 528, 5 },
    { "economy/BP2022_Gas_Trade_movts_LNG.csv", "liquefied gas 2021", 428, 13 },
    { "economy/BP2022_Gas_Trade_movts_pipeline.csv", "gas by pipeline 2021", 235, 15 },
    { "economy/BP2022_Oil_Inter_area_movements.csv", "oil 2021", 176, 11 },
    { "economy/BP2022_Oil_Trade_2020_2021.csv", "oil totals 2020", 96, 9 },
    { "economy/BP2022_Oil_Trade_movements.csv", "oil series", 339, 9 },
    { "economy/EI2024_Coal_Trade_movements.csv", "coal series", 384, 9 },
    { "economy/EI2024_Coal_trade_movements_2023.csv", "coal 2023", 60, 9 },
    { "economy/EI2024_Gas_LNG_exports_bcm.csv", "liquefied gas exports series", 432, 4 },
    { "economy/EI2024_Gas_LNG_imports_bcm.csv", "liquefied gas imports series", 576, 5 },
    { "economy/EI2024_Gas_Trade_movements.csv", "gas balance series", 168, 8 },
    { "economy/EI2024_Gas_trade_LNG.csv", "liquefied gas 2023", 428, 13 },
    { "economy/EI2024_Gas_trade_pipeline.csv", "gas by pipeline 2023", 250, 15 },
    { "economy/EI2024_Oil_Inter_area_movements.csv", "oil 2023", 176, 11 },
    { "economy/EI2024_Oil_Trade_movements_in_22_23.csv", "oil totals 2022", 96, 9 },
    { "economy/EI2024_Oil_trade_movements.csv", "oil series", 357, 9 },
};

START_TEST(published_files)
{
    struct ds ds = ds_open();
    const char *path = real_data(published[_i].file);

    if (path) {
        ds_import(&ds, path);
        ck_assert_int_eq(ds.outcome, ENT_IMPORT_NEW);
        ck_assert_str_eq(ds.part, published[_i].part);
        ck_assert_int_eq(ds.problems, 0);
        ck_assert_int_eq(ds.rows, published[_i].rows);
        ck_assert_msg(ds.unmatched_count == published[_i].unmatched, "%s", ds.unmatched.text);
        ds_import(&ds, path);
        ck_assert_int_eq(ds.outcome, ENT_IMPORT_UNCHANGED);
    }
    ds_close(&ds);
}
END_TEST

START_TEST(published_figures)
{
    struct ds ds = ds_open();
    const char *path = real_data("economy");

    if (path) {
        ds_import(&ds, path);
        ck_assert_int_eq(ds.tables[ENT_IMPORT_UNKNOWN], 0);
        ck_assert_int_eq(ds.tables[ENT_IMPORT_FAILED], 0);
        ck_assert_double_eq_tol(
            ds_number(&ds,
                      "SELECT volume FROM energy_trade WHERE importer = 710 AND exporter = "
                      "365 AND fuel = 1 AND year = 2021"),
            7.5847626, 1e-6);
        ck_assert_double_eq_tol(
            ds_number(&ds, "SELECT volume FROM energy_gas_series WHERE importer = 710 AND "
                           "exporter = 365 AND year = 2023"),
            21.2942478, 1e-6);
        ck_assert_double_eq_tol(
            ds_number(&ds, "SELECT gdp FROM wdi_gdp WHERE state = 710 AND year = 2014"),
            10475624944355.2, 0.1);
        ck_assert_double_eq_tol(
            ds_number(&ds, "SELECT pop FROM pwt WHERE state = 2 AND year = 2017"), 324.4595,
            1e-4);
        /* One source a year and fuel: what stands twice would be counted twice. */
        ck_assert_double_eq(
            ds_number(&ds,
                      "SELECT count(*) FROM (SELECT 1 FROM energy_total GROUP BY year, state, "
                      "fuel, flow HAVING count(*) > 1)"),
            0);
    }
    ds_close(&ds);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ds_economy");
    TCase *tc = tcase_create("import");

    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, distances_with_old_codes);
    tcase_add_test(tc, borders_stand_once);
    tcase_add_test(tc, bank_tables_are_told_apart);
    tcase_add_test(tc, bank_download);
    tcase_add_test(tc, penn_world_table);
    tcase_add_test(tc, influence_of_each);
    tcase_add_test(tc, energy_matrices);
    tcase_add_test(tc, energy_series);
    tcase_add_test(tc, bad_energy_is_reported);
    tcase_add_loop_test(tc, published_files, 0, sizeof(published) / sizeof(published[0]));
    tcase_add_test(tc, published_figures);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
