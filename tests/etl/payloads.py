"""Answers of the nine services in their own layouts; the figures are made up, the columns are not."""

import json

KEYS = {"COMTRADE_KEY": "c0mtr4de+s3cret/key=", "UNCTADSTAT_CLIENT_ID": "cl1ent-1d",
        "UNCTADSTAT_CLIENT_SECRET": "unct4d&s3cret"}  # fmt: skip

ECB = """KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE,OBS_STATUS,OBS_CONF,\
OBS_PRE_BREAK,OBS_COM,TIME_FORMAT,BREAKS,COLLECTION,COMPILING_ORG,DISS_ORG,DOM_SER_IDS,PUBL_ECB,PUBL_MU,\
PUBL_PUBLIC,UNIT_INDEX_BASE,COMPILATION,COVERAGE,DECIMALS,NAT_TITLE,SOURCE_AGENCY,SOURCE_PUB,TITLE,TITLE_COMPL,\
UNIT,UNIT_MULT\r
EXR.A.TRY.EUR.SP00.A,A,TRY,EUR,SP00,A,2022,17.4088,A,F,,,P1Y,,A,,,,,,,,,,4,,4F0,,Turkish lira/Euro,\
"ECB reference exchange rate, Turkish lira/Euro, 2:15 pm (C.E.T.)",TRY,0\r
EXR.A.TRY.EUR.SP00.A,A,TRY,EUR,SP00,A,2023,25.7597,A,F,,,P1Y,,A,,,,,,,,,,4,,4F0,,Turkish lira/Euro,\
"ECB reference exchange rate, Turkish lira/Euro, 2:15 pm (C.E.T.)",TRY,0\r
EXR.A.USD.EUR.SP00.A,A,USD,EUR,SP00,A,2023,1.0813,A,F,,,P1Y,,A,,,,,,,,,,4,,4F0,,US dollar/Euro,\
"ECB reference exchange rate, US dollar/Euro, 2:15 pm (C.E.T.)",USD,0\r
"""
EUROSTAT = """DATAFLOW,LAST UPDATE,freq,unit,sex,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS
ESTAT:CULT_EMP_SEX(1.0),29/05/25 23:00:00,A,THS_PER,F,BG,2022,46.2,,
ESTAT:CULT_EMP_SEX(1.0),29/05/25 23:00:00,A,THS_PER,T,BG,2022,83.1,b,
ESTAT:CULT_EMP_SEX(1.0),29/05/25 23:00:00,A,THS_PER,T,BG,2023,,,
ESTAT:CULT_EMP_SEX(1.0),29/05/25 23:00:00,A,THS_PER,T,EL,2023,141.5,,
ESTAT:CULT_EMP_SEX(1.0),29/05/25 23:00:00,A,PC_EMP,T,EL,2023,3.4,,
"""
ILO = """DATAFLOW,REF_AREA,FREQ,MEASURE,SEX,AGE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE_TYPE,UNIT_MEASURE,\
UNIT_MULT,SOURCE,NOTE_SOURCE,NOTE_INDICATOR,NOTE_CLASSIF,DECIMALS,UPPER_BOUND,LOWER_BOUND
ILO:DF_EMP_TEMP_SEX_AGE_NB(1.0),KAZ,A,EMP_TEMP_NB,SEX_T,AGE_YTHADULT_YGE15,2022,8971.5,,NB,PS,3,\
LFS - Labour Force Survey,,,,1,,
ILO:DF_EMP_TEMP_SEX_AGE_NB(1.0),KAZ,A,EMP_TEMP_NB,SEX_F,AGE_YTHADULT_YGE15,2022,4335.2,,NB,PS,3,\
LFS - Labour Force Survey,,,,1,,
ILO:DF_EMP_TEMP_SEX_AGE_NB(1.0),TUR,A,EMP_TEMP_NB,SEX_T,AGE_YTHADULT_YGE15,2022,30752.4,B,NB,PS,3,\
LFS - Household Labour Force Survey,R1:2474,,,1,,
"""
OECD = """DATAFLOW,FREQ,REF_AREA,SECTOR,COUNTERPART_SECTOR,TRANSACTION,INSTR_ASSET,ACTIVITY,EXPENDITURE,UNIT_MEASURE,\
PRICE_BASE,TRANSFORMATION,TABLE_IDENTIFIER,TIME_PERIOD,OBS_VALUE,REF_YEAR_PRICE,CONF_STATUS,DECIMALS,OBS_STATUS,\
UNIT_MULT,CURRENCY
OECD.SDD.NAD:DSD_NAMAIN10@DF_TABLE4(2.0),A,TUR,S1,S1,EXC_A,_Z,_Z,_Z,XDC_USD,V,N,T0400,2022,16.548722,,F,6,A,0,TRY
OECD.SDD.NAD:DSD_NAMAIN10@DF_TABLE4(2.0),A,TUR,S1,S1,EXC_A,_Z,_Z,_Z,XDC_USD,V,N,T0400,2023,23.738624,,F,6,A,0,TRY
OECD.SDD.NAD:DSD_NAMAIN10@DF_TABLE4(2.0),A,BRA,S1,S1,EXC_A,_Z,_Z,_Z,XDC_USD,V,N,T0400,2023,4.994422,,F,6,P,0,BRL
"""
IMF = """DATAFLOW,COUNTRY,INDICATOR,TYPE_OF_TRANSFORMATION,FREQUENCY,TIME_PERIOD,OBS_VALUE,SCALE,PRECISION,\
DECIMALS_DISPLAYED,DERIVATION_TYPE,OVERLAP,STATUS
IMF.STA:ER(4.0.1),KAZ,XDC_USD,PA_RT,A,2022,460.165,0,,,O,OL,
IMF.STA:ER(4.0.1),KAZ,XDC_USD,PA_RT,A,2023,456.165,0,,,O,OL,
IMF.STA:ER(4.0.1),AZE,XDC_USD,PA_RT,A,2023,1.7,0,,,O,OL,
"""
UNCTAD = """Economy_Code,Economy_Label,Flow_Code,Flow_Label,Year,US_at_current_prices_in_millions_Value,\
US_at_current_prices_Footnote,US_at_current_prices_MissingValue
398,Kazakhstan,02,Exports,2022,452.37,,
398,Kazakhstan,02,Exports,2023,601.14,Estimated,
398,Kazakhstan,01,Imports,2023,1490.2,,
031,Azerbaijan,02,Exports,2023,,,Not publishable
"""


def record(area: str, year: int, value: float | None, magnitude: str | None = None, **more: str) -> dict:
    """A record of the UIS Data API."""
    qualifier = {"qualifier": None}
    return {
        "indicatorId": "220002",
        "geoUnit": area,
        "year": year,
        "value": value,
        "magnitude": magnitude,
    } | (more or qualifier)


UIS = json.dumps({"hints": [], "records": [
    record("KAZ", 2016, 14), record("KAZ", 2017, 20), record("ARM", 2017, None, "NIL"),
    record("AZE", 2017, 6, qualifier="UIS_EST"),
], "indicatorMetadata": []})  # fmt: skip


def traded(reporter: int, iso: str, flow: str, value: float) -> dict:
    """A row of the Comtrade API."""
    return {
        "typeCode": "C", "freqCode": "A", "refPeriodId": 20220101, "refYear": 2022, "refMonth": 52,
        "period": "2022", "reporterCode": reporter, "reporterISO": iso, "reporterDesc": iso, "flowCode": flow,
        "flowDesc": {"X": "Export", "M": "Import"}[flow], "partnerCode": 0, "partnerISO": "W00",
        "partnerDesc": "World", "partner2Code": 0, "partner2ISO": "W00", "partner2Desc": "World",
        "classificationCode": "H6", "classificationSearchCode": "HS", "isOriginalClassification": True,
        "cmdCode": "97", "cmdDesc": "Works of art, collectors' pieces and antiques", "aggrLevel": 2,
        "isLeaf": False, "customsCode": "C00", "customsDesc": "TOTAL CPC", "mosCode": "0", "motCode": 0,
        "motDesc": "TOTAL MOT", "qtyUnitCode": -1, "qtyUnitAbbr": "N/A", "qty": 0, "isQtyEstimated": False,
        "altQtyUnitCode": -1, "altQtyUnitAbbr": "N/A", "altQty": 0, "isAltQtyEstimated": False, "netWgt": 900,
        "isNetWgtEstimated": False, "grossWgt": 0, "isGrossWgtEstimated": False,
        "cifvalue": value if flow == "M" else None, "fobvalue": value if flow == "X" else None,
        "primaryValue": value, "legacyEstimationFlag": 0, "isReported": False, "isAggregate": True,
    }  # fmt: skip


def comtrade(rows: list[dict]) -> str:
    return json.dumps({"elapsedTime": "0.31 secs", "count": len(rows), "data": rows, "error": ""})


COMTRADE = comtrade([
    traded(398, "KAZ", "X", 215433.12), traded(398, "KAZ", "M", 1301455.0), traded(842, "USA", "X", 17345000000.0),
])  # fmt: skip
EARLIER = comtrade([{**traded(398, "KAZ", "X", 99000.5), "period": "2012", "refYear": 2012}])


def indicator(code: str, name: str, country: str, area: str, year: int, value: float | None) -> dict:
    """A row of the World Bank's API."""
    return {
        "indicator": {"id": code, "value": name}, "country": {"id": country, "value": area},
        "countryiso3code": area, "date": str(year), "value": value, "unit": "", "obs_status": "", "decimal": 0,
    }  # fmt: skip


def world_bank(
    rows: list[dict], page: int = 1, pages: int = 1, total: int | None = None, day: str = "2025-07-01"
) -> str:
    head = {"page": page, "pages": pages, "per_page": 5000, "total": total or len(rows), "sourceid": "2"}
    return json.dumps([head | {"lastupdated": day}, rows])


GDP_ROWS = [
    indicator("NY.GDP.MKTP.CD", "GDP (current US$)", "KZ", "KAZ", 2023, 262641876886.6),
    indicator("NY.GDP.MKTP.CD", "GDP (current US$)", "KZ", "KAZ", 2024, None),
    indicator("NY.GDP.MKTP.CD", "GDP (current US$)", "ZH", "AFE", 2023, 1245472471842.2),
]
GDP = world_bank(GDP_ROWS)
POPULATION = world_bank([indicator("SP.POP.TOTL", "Population, total", "KZ", "KAZ", 2023, 20330104)])
