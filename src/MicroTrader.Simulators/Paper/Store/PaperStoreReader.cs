using System.Globalization;
using Microsoft.Data.Sqlite;
using MicroTrader.Simulators.Paper.Core;

namespace MicroTrader.Simulators.Paper.Store;

/// <summary>Reads a whole account back, by applying the stored rows as changes.</summary>
internal static class PaperStoreReader
{
    public static IReadOnlyList<VenueAccount> Accounts(SqliteConnection connection) => Read(
        connection,
        "SELECT account_id, currency, starting_cash, cash, realised_profit_loss, next_order_id, next_fill_id, next_history_sequence FROM account ORDER BY next_order_id",
        null,
        static row => new VenueAccount
        {
            AccountId = row.GetInt64(0),
            Currency = row.GetString(1),
            StartingCash = Decimal(row, 2),
            Cash = Decimal(row, 3),
            RealisedProfitLoss = Decimal(row, 4),
            NextOrderId = row.GetInt64(5),
            NextFillId = row.GetInt64(6),
            NextHistorySequence = row.GetInt64(7),
        });

    public static VenueState? Load(SqliteConnection connection, long accountId)
    {
        if (Accounts(connection).SingleOrDefault(a => a.AccountId == accountId) is not { } account)
        {
            return null;
        }

        var state = new VenueState(account);
        foreach (var order in Orders(connection, accountId))
        {
            state.Apply(new VenueChange { Account = account, Order = order });
        }

        foreach (var fill in Fills(connection, accountId))
        {
            state.Apply(new VenueChange { Account = account, Fill = fill });
        }

        foreach (var holding in Holdings(connection, accountId))
        {
            state.Apply(new VenueChange { Account = account, Holding = holding });
        }

        foreach (var transaction in Transactions(connection, accountId))
        {
            state.Apply(new VenueChange { Account = account, Transaction = transaction });
        }

        foreach (var dividend in Dividends(connection, accountId))
        {
            state.Apply(new VenueChange { Account = account, Dividend = dividend });
        }

        state.Apply(new VenueChange { Account = account, History = History(connection, accountId) });
        return state;
    }

    private static List<PaperOrder> Orders(SqliteConnection connection, long accountId) => Read(
        connection,
        """
        SELECT id, ticker, quantity, filled_quantity, status, initiated_from, extended_hours, created_at, due_at, reserved_cash, fate, fate_fraction, fate_extra_ticks,
            type, limit_price, stop_price, time_validity, triggered_at, expires_at, cancel_at
        FROM orders WHERE account_id = $account ORDER BY id
        """,
        accountId,
        static row => new PaperOrder
        {
            Id = row.GetInt64(0),
            Ticker = row.GetString(1),
            Quantity = Decimal(row, 2),
            FilledQuantity = Decimal(row, 3),
            Status = Enum.Parse<PaperOrderStatus>(row.GetString(4)),
            InitiatedFrom = row.GetString(5),
            ExtendedHours = row.GetInt64(6) != 0,
            CreatedAt = Time(row, 7),
            DueAt = Time(row, 8),
            ReservedCash = Decimal(row, 9),
            Fate = new PaperFate(Enum.Parse<PaperFateKind>(row.GetString(10)), Decimal(row, 11), TimeSpan.FromTicks(row.GetInt64(12))),
            Type = Enum.Parse<PaperOrderType>(row.GetString(13)),
            LimitPrice = DecimalOrNull(row, 14),
            StopPrice = DecimalOrNull(row, 15),
            TimeValidity = row.IsDBNull(16) ? null : Enum.Parse<PaperTimeValidity>(row.GetString(16)),
            TriggeredAt = TimeOrNull(row, 17),
            ExpiresAt = TimeOrNull(row, 18),
            CancelAt = TimeOrNull(row, 19),
        });

    private static List<PaperFill> Fills(SqliteConnection connection, long accountId) => Read(
        connection,
        """
        SELECT id, order_id, ticker, quantity, price, filled_at, fx_rate, conversion_fee, net_value, realised_profit_loss, type
        FROM fills WHERE account_id = $account ORDER BY id
        """,
        accountId,
        static row => new PaperFill
        {
            Id = row.GetInt64(0),
            OrderId = row.GetInt64(1),
            Ticker = row.GetString(2),
            Quantity = Decimal(row, 3),
            Price = Decimal(row, 4),
            FilledAt = Time(row, 5),
            FxRate = Decimal(row, 6),
            ConversionFee = Decimal(row, 7),
            NetValue = Decimal(row, 8),
            RealisedProfitLoss = DecimalOrNull(row, 9),
            Type = Enum.Parse<PaperFillType>(row.GetString(10)),
        });

    private static List<PaperHolding> Holdings(SqliteConnection connection, long accountId) => Read(
        connection,
        "SELECT ticker, quantity, quantity_in_pies, average_price_paid, total_cost, created_at FROM holdings WHERE account_id = $account",
        accountId,
        static row => new PaperHolding
        {
            Ticker = row.GetString(0),
            Quantity = Decimal(row, 1),
            QuantityInPies = Decimal(row, 2),
            AveragePricePaid = Decimal(row, 3),
            TotalCost = Decimal(row, 4),
            CreatedAt = Time(row, 5),
        });

    private static List<PaperTransaction> Transactions(SqliteConnection connection, long accountId) => Read(
        connection,
        "SELECT sequence, reference, type, amount, at FROM transactions WHERE account_id = $account ORDER BY sequence",
        accountId,
        static row => new PaperTransaction
        {
            Sequence = row.GetInt64(0),
            Reference = row.GetString(1),
            Type = row.GetString(2),
            Amount = Decimal(row, 3),
            At = Time(row, 4),
        });

    private static List<PaperDividend> Dividends(SqliteConnection connection, long accountId) => Read(
        connection,
        "SELECT sequence, reference, ticker, quantity, gross_amount_per_share, amount, paid_at FROM dividends WHERE account_id = $account ORDER BY sequence",
        accountId,
        static row => new PaperDividend
        {
            Sequence = row.GetInt64(0),
            Reference = row.GetString(1),
            Ticker = row.GetString(2),
            Quantity = Decimal(row, 3),
            GrossAmountPerShare = Decimal(row, 4),
            Amount = Decimal(row, 5),
            PaidAt = Time(row, 6),
        });

    private static List<HistoryEntry> History(SqliteConnection connection, long accountId) => Read(
        connection,
        "SELECT sequence, order_id, fill_id, at FROM history WHERE account_id = $account ORDER BY sequence",
        accountId,
        static row => new HistoryEntry(row.GetInt64(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetInt64(2), Time(row, 3)));

    private static List<T> Read<T>(SqliteConnection connection, string sql, long? accountId, Func<SqliteDataReader, T> map)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constant texts of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        if (accountId is { } account)
        {
            command.Parameters.AddWithValue("$account", account);
        }

        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    private static decimal Decimal(SqliteDataReader row, int column) => decimal.Parse(row.GetString(column), NumberStyles.Number, CultureInfo.InvariantCulture);

    private static decimal? DecimalOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : Decimal(row, column);

    private static DateTimeOffset Time(SqliteDataReader row, int column) =>
        DateTimeOffset.ParseExact(row.GetString(column), "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private static DateTimeOffset? TimeOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : Time(row, column);
}
