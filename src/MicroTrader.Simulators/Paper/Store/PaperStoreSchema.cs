namespace MicroTrader.Simulators.Paper.Store;

/// <summary>Tables of the paper broker's file. Decimals and times are text: SQLite's numbers are binary floats.</summary>
internal static class PaperStoreSchema
{
    /// <summary>"MTPB", written into the file's header so that a file of another program is never touched.</summary>
    public const int ApplicationId = 0x4D545042;

    public const int Version = 2;

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
            account_id       INTEGER NOT NULL REFERENCES account (account_id),
            id               INTEGER NOT NULL,
            type             TEXT    NOT NULL,
            ticker           TEXT    NOT NULL,
            quantity         TEXT    NOT NULL,
            limit_price      TEXT,
            stop_price       TEXT,
            time_validity    TEXT,
            filled_quantity  TEXT    NOT NULL,
            status           TEXT    NOT NULL,
            initiated_from   TEXT    NOT NULL,
            extended_hours   INTEGER NOT NULL,
            created_at       TEXT    NOT NULL,
            due_at           TEXT    NOT NULL,
            triggered_at     TEXT,
            expires_at       TEXT,
            cancel_at        TEXT,
            reserved_cash    TEXT    NOT NULL,
            fate             TEXT    NOT NULL,
            fate_fraction    TEXT    NOT NULL,
            fate_extra_ticks INTEGER NOT NULL,
            PRIMARY KEY (account_id, id)
        ) STRICT;
        CREATE TABLE fills (
            account_id           INTEGER NOT NULL,
            id                   INTEGER NOT NULL,
            order_id             INTEGER NOT NULL,
            ticker               TEXT    NOT NULL,
            type                 TEXT    NOT NULL,
            quantity             TEXT    NOT NULL,
            price                TEXT    NOT NULL,
            filled_at            TEXT    NOT NULL,
            fx_rate              TEXT    NOT NULL,
            conversion_fee       TEXT    NOT NULL,
            net_value            TEXT    NOT NULL,
            realised_profit_loss TEXT,
            PRIMARY KEY (account_id, id),
            FOREIGN KEY (account_id, order_id) REFERENCES orders (account_id, id)
        ) STRICT;
        CREATE TABLE holdings (
            account_id         INTEGER NOT NULL REFERENCES account (account_id),
            ticker             TEXT    NOT NULL,
            quantity           TEXT    NOT NULL,
            quantity_in_pies   TEXT    NOT NULL,
            average_price_paid TEXT    NOT NULL,
            total_cost         TEXT    NOT NULL,
            created_at         TEXT    NOT NULL,
            PRIMARY KEY (account_id, ticker)
        ) STRICT;
        CREATE TABLE history (
            account_id INTEGER NOT NULL,
            sequence   INTEGER NOT NULL,
            order_id   INTEGER NOT NULL,
            fill_id    INTEGER,
            at         TEXT    NOT NULL,
            PRIMARY KEY (account_id, sequence),
            FOREIGN KEY (account_id, order_id) REFERENCES orders (account_id, id),
            FOREIGN KEY (account_id, fill_id) REFERENCES fills (account_id, id)
        ) STRICT;
        CREATE TABLE transactions (
            account_id INTEGER NOT NULL REFERENCES account (account_id),
            sequence   INTEGER NOT NULL,
            reference  TEXT    NOT NULL,
            type       TEXT    NOT NULL,
            amount     TEXT    NOT NULL,
            at         TEXT    NOT NULL,
            PRIMARY KEY (account_id, sequence)
        ) STRICT;
        CREATE TABLE dividends (
            account_id             INTEGER NOT NULL REFERENCES account (account_id),
            sequence               INTEGER NOT NULL,
            reference              TEXT    NOT NULL,
            ticker                 TEXT    NOT NULL,
            quantity               TEXT    NOT NULL,
            gross_amount_per_share TEXT    NOT NULL,
            amount                 TEXT    NOT NULL,
            paid_at                TEXT    NOT NULL,
            PRIMARY KEY (account_id, sequence)
        ) STRICT;
        """;

    /// <summary>
    /// Version 1 held one account, market orders only and no deposit. Run between <see cref="SetAsideVersion1"/> and
    /// <see cref="DropVersion1"/>. The deposit takes the time of the first order, as the oldest that is known, else $now.
    /// </summary>
    public const string CopyVersion1 = """
        INSERT INTO account SELECT account_id, currency, starting_cash, cash, realised_profit_loss, next_order_id, next_fill_id, next_history_sequence + 1 FROM v1_account;
        INSERT INTO orders
            SELECT (SELECT account_id FROM v1_account), id, 'Market', ticker, quantity, NULL, NULL, NULL, filled_quantity, status, initiated_from, extended_hours,
                created_at, due_at, NULL, NULL, NULL, reserved_cash, fate, fate_fraction, fate_extra_ticks
            FROM v1_orders;
        INSERT INTO fills
            SELECT (SELECT account_id FROM v1_account), id, order_id, ticker, 'Trade', quantity, price, filled_at, fx_rate, conversion_fee, net_value, realised_profit_loss
            FROM v1_fills;
        INSERT INTO holdings
            SELECT (SELECT account_id FROM v1_account), ticker, quantity, quantity_in_pies, average_price_paid, total_cost, created_at FROM v1_holdings;
        INSERT INTO history SELECT (SELECT account_id FROM v1_account), sequence, order_id, fill_id, at FROM v1_history;
        INSERT INTO transactions
            SELECT account_id, next_history_sequence, 'DEP-' || account_id || '-' || next_history_sequence, 'DEPOSIT', starting_cash,
                COALESCE((SELECT MIN(created_at) FROM v1_orders), $now)
            FROM v1_account;
        """;

    public const string SetAsideVersion1 = """
        ALTER TABLE account RENAME TO v1_account;
        ALTER TABLE orders RENAME TO v1_orders;
        ALTER TABLE fills RENAME TO v1_fills;
        ALTER TABLE holdings RENAME TO v1_holdings;
        ALTER TABLE history RENAME TO v1_history;
        """;

    public const string DropVersion1 = """
        DROP TABLE v1_history;
        DROP TABLE v1_fills;
        DROP TABLE v1_orders;
        DROP TABLE v1_holdings;
        DROP TABLE v1_account;
        """;
}
