namespace MicroTrader.Simulators.Paper.Store;

/// <summary>Tables of the paper broker's file. Decimals and times are text: SQLite's numbers are binary floats.</summary>
internal static class PaperStoreSchema
{
    /// <summary>"MTPB", written into the file's header so that a file of another program is never touched.</summary>
    public const int ApplicationId = 0x4D545042;

    public const int Version = 1;

    public const string Create = """
        CREATE TABLE account (
            account_id            INTEGER PRIMARY KEY,
            currency              TEXT    NOT NULL,
            starting_cash         TEXT    NOT NULL,
            cash                  TEXT    NOT NULL,
            realised_profit_loss  TEXT    NOT NULL,
            next_order_id         INTEGER NOT NULL,
            next_fill_id          INTEGER NOT NULL,
            next_history_sequence INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE orders (
            id               INTEGER PRIMARY KEY,
            ticker           TEXT    NOT NULL,
            quantity         TEXT    NOT NULL,
            filled_quantity  TEXT    NOT NULL,
            status           TEXT    NOT NULL,
            initiated_from   TEXT    NOT NULL,
            extended_hours   INTEGER NOT NULL,
            created_at       TEXT    NOT NULL,
            due_at           TEXT    NOT NULL,
            reserved_cash    TEXT    NOT NULL,
            fate             TEXT    NOT NULL,
            fate_fraction    TEXT    NOT NULL,
            fate_extra_ticks INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE fills (
            id                   INTEGER PRIMARY KEY,
            order_id             INTEGER NOT NULL REFERENCES orders (id),
            ticker               TEXT    NOT NULL,
            quantity             TEXT    NOT NULL,
            price                TEXT    NOT NULL,
            filled_at            TEXT    NOT NULL,
            fx_rate              TEXT    NOT NULL,
            conversion_fee       TEXT    NOT NULL,
            net_value            TEXT    NOT NULL,
            realised_profit_loss TEXT
        ) STRICT;
        CREATE TABLE holdings (
            ticker             TEXT PRIMARY KEY,
            quantity           TEXT NOT NULL,
            quantity_in_pies   TEXT NOT NULL,
            average_price_paid TEXT NOT NULL,
            total_cost         TEXT NOT NULL,
            created_at         TEXT NOT NULL
        ) STRICT;
        CREATE TABLE history (
            sequence INTEGER PRIMARY KEY,
            order_id INTEGER NOT NULL REFERENCES orders (id),
            fill_id  INTEGER REFERENCES fills (id),
            at       TEXT    NOT NULL
        ) STRICT;
        """;
}
