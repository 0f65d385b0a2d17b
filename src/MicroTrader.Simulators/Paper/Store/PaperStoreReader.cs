using System.Globalization;
using Microsoft.Data.Sqlite;
using MicroTrader.Simulators.Paper.Core;

namespace MicroTrader.Simulators.Paper.Store;

/// <summary>Reads a whole account back, by applying the stored rows as changes.</summary>
internal static class PaperStoreReader
{
    public static VenueState? Load(SqliteConnection connection)
    {
        var account = Read(
            connection,
            "SELECT account_id, currency, starting_cash, cash, realised_profit_loss, next_order_id, next_fill_id, next_history_sequence FROM account",
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
            }).SingleOrDefault();
        if (account is null)
        {
            return null;
        }

        var state = new VenueState(account);
        foreach (var order in Orders(connection))
        {
            state.Apply(new VenueChange { Account = account, Order = order });
        }

        foreach (var fill in Fills(connection))
        {
            state.Apply(new VenueChange { Account = account, Fill = fill });
        }

        foreach (var holding in Holdings(connection))
        {
            state.Apply(new VenueChange { Account = account, Holding = holding });
        }

        state.Apply(new VenueChange { Account = account, History = History(connection) });
        return state;
    }

    private static List<PaperOrder> Orders(SqliteConnection connection) => Read(
        connection,
        """
        SELECT id, ticker, quantity, filled_quantity, status, initiated_from, extended_hours, created_at, due_at, reserved_cash, fate, fate_fraction, fate_extra_ticks
        FROM orders ORDER BY id
        """,
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
        });

    private static List<PaperFill> Fills(SqliteConnection connection) => Read(
        connection,
        "SELECT id, order_id, ticker, quantity, price, filled_at, fx_rate, conversion_fee, net_value, realised_profit_loss FROM fills ORDER BY id",
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
            RealisedProfitLoss = row.IsDBNull(9) ? null : Decimal(row, 9),
        });

    private static List<PaperHolding> Holdings(SqliteConnection connection) => Read(
        connection,
        "SELECT ticker, quantity, quantity_in_pies, average_price_paid, total_cost, created_at FROM holdings",
        static row => new PaperHolding
        {
            Ticker = row.GetString(0),
            Quantity = Decimal(row, 1),
            QuantityInPies = Decimal(row, 2),
            AveragePricePaid = Decimal(row, 3),
            TotalCost = Decimal(row, 4),
            CreatedAt = Time(row, 5),
        });

    private static List<HistoryEntry> History(SqliteConnection connection) => Read(
        connection,
        "SELECT sequence, order_id, fill_id, at FROM history ORDER BY sequence",
        static row => new HistoryEntry(row.GetInt64(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetInt64(2), Time(row, 3)));

    private static List<T> Read<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> map)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constant texts of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    private static decimal Decimal(SqliteDataReader row, int column) => decimal.Parse(row.GetString(column), NumberStyles.Number, CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(SqliteDataReader row, int column) =>
        DateTimeOffset.ParseExact(row.GetString(column), "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
