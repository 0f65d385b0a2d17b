using System.Globalization;
using Microsoft.Data.Sqlite;
using MicroTrader.Simulators.Paper.Core;

namespace MicroTrader.Simulators.Paper.Store;

/// <summary>Writes the rows of one change within one transaction.</summary>
internal readonly struct PaperStoreWriter(SqliteConnection connection, SqliteTransaction transaction)
{
    // Children before their parents: foreign keys are on.
    private static readonly string[] OwnTables = ["history", "fills", "orders", "holdings", "transactions", "dividends"];

    public void Write(VenueChange change)
    {
        var account = change.Account.AccountId;
        if (change.Reset)
        {
            foreach (var table in OwnTables)
            {
                Execute($"DELETE FROM {table} WHERE account_id = $account", ("$account", account));
            }
        }

        WriteAccount(change.Account);
        if (change.Order is { } order)
        {
            WriteOrder(account, order);
        }

        if (change.Fill is { } fill)
        {
            WriteFill(account, fill);
        }

        if (change.Holding is { } holding)
        {
            WriteHolding(account, holding);
        }

        if (change.Transaction is { } moved)
        {
            Execute(
                "INSERT INTO transactions (account_id, sequence, reference, type, amount, at) VALUES ($account, $sequence, $reference, $type, $amount, $at)",
                ("$account", account),
                ("$sequence", moved.Sequence),
                ("$reference", moved.Reference),
                ("$type", moved.Type),
                ("$amount", Text(moved.Amount)),
                ("$at", Text(moved.At)));
        }

        if (change.Dividend is { } dividend)
        {
            WriteDividend(account, dividend);
        }

        foreach (var entry in change.History)
        {
            Execute(
                "INSERT INTO history (account_id, sequence, order_id, fill_id, at) VALUES ($account, $sequence, $order_id, $fill_id, $at)",
                ("$account", account),
                ("$sequence", entry.Sequence),
                ("$order_id", entry.OrderId),
                ("$fill_id", (object?)entry.FillId ?? DBNull.Value),
                ("$at", Text(entry.At)));
        }
    }

    public static string Text(DateTimeOffset value) => value.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    private static object TextOrNull(decimal? value) => value is { } known ? Text(known) : DBNull.Value;

    private static object TextOrNull(DateTimeOffset? value) => value is { } known ? Text(known) : DBNull.Value;

    // An upsert, not a replace: a replaced row is a deleted one to the foreign keys.
    private void WriteAccount(VenueAccount account) => Execute(
        """
        INSERT INTO account
            (account_id, currency, starting_cash, cash, realised_profit_loss, next_order_id, next_fill_id, next_history_sequence)
        VALUES ($account_id, $currency, $starting_cash, $cash, $realised, $next_order_id, $next_fill_id, $next_history_sequence)
        ON CONFLICT (account_id) DO UPDATE SET starting_cash = $starting_cash, cash = $cash, realised_profit_loss = $realised,
            next_order_id = $next_order_id, next_fill_id = $next_fill_id, next_history_sequence = $next_history_sequence
        """,
        ("$account_id", account.AccountId),
        ("$currency", account.Currency),
        ("$starting_cash", Text(account.StartingCash)),
        ("$cash", Text(account.Cash)),
        ("$realised", Text(account.RealisedProfitLoss)),
        ("$next_order_id", account.NextOrderId),
        ("$next_fill_id", account.NextFillId),
        ("$next_history_sequence", account.NextHistorySequence));

    private void WriteOrder(long account, PaperOrder order) => Execute(
        """
        INSERT INTO orders
            (account_id, id, type, ticker, quantity, limit_price, stop_price, time_validity, filled_quantity, status, initiated_from, extended_hours,
             created_at, due_at, triggered_at, expires_at, cancel_at, reserved_cash, fate, fate_fraction, fate_extra_ticks)
        VALUES ($account, $id, $type, $ticker, $quantity, $limit, $stop, $validity, $filled, $status, $from, $extended,
            $created_at, $due_at, $triggered_at, $expires_at, $cancel_at, $reserved, $fate, $fraction, $extra)
        ON CONFLICT (account_id, id) DO UPDATE SET filled_quantity = $filled, status = $status, due_at = $due_at, triggered_at = $triggered_at,
            cancel_at = $cancel_at, reserved_cash = $reserved
        """,
        ("$account", account),
        ("$id", order.Id),
        ("$type", order.Type.ToString()),
        ("$ticker", order.Ticker),
        ("$quantity", Text(order.Quantity)),
        ("$limit", TextOrNull(order.LimitPrice)),
        ("$stop", TextOrNull(order.StopPrice)),
        ("$validity", (object?)order.TimeValidity?.ToString() ?? DBNull.Value),
        ("$filled", Text(order.FilledQuantity)),
        ("$status", order.Status.ToString()),
        ("$from", order.InitiatedFrom),
        ("$extended", order.ExtendedHours ? 1 : 0),
        ("$created_at", Text(order.CreatedAt)),
        ("$due_at", Text(order.DueAt)),
        ("$triggered_at", TextOrNull(order.TriggeredAt)),
        ("$expires_at", TextOrNull(order.ExpiresAt)),
        ("$cancel_at", TextOrNull(order.CancelAt)),
        ("$reserved", Text(order.ReservedCash)),
        ("$fate", order.Fate.Kind.ToString()),
        ("$fraction", Text(order.Fate.Fraction)),
        ("$extra", order.Fate.ExtraDelay.Ticks));

    private void WriteFill(long account, PaperFill fill) => Execute(
        """
        INSERT INTO fills
            (account_id, id, order_id, ticker, type, quantity, price, filled_at, fx_rate, conversion_fee, net_value, realised_profit_loss)
        VALUES ($account, $id, $order_id, $ticker, $type, $quantity, $price, $filled_at, $fx_rate, $fee, $net, $realised)
        """,
        ("$account", account),
        ("$id", fill.Id),
        ("$order_id", fill.OrderId),
        ("$ticker", fill.Ticker),
        ("$type", fill.Type.ToString()),
        ("$quantity", Text(fill.Quantity)),
        ("$price", Text(fill.Price)),
        ("$filled_at", Text(fill.FilledAt)),
        ("$fx_rate", Text(fill.FxRate)),
        ("$fee", Text(fill.ConversionFee)),
        ("$net", Text(fill.NetValue)),
        ("$realised", TextOrNull(fill.RealisedProfitLoss)));

    private void WriteHolding(long account, PaperHolding holding)
    {
        if (holding.Quantity == 0)
        {
            Execute("DELETE FROM holdings WHERE account_id = $account AND ticker = $ticker", ("$account", account), ("$ticker", holding.Ticker));
            return;
        }

        Execute(
            """
            INSERT OR REPLACE INTO holdings (account_id, ticker, quantity, quantity_in_pies, average_price_paid, total_cost, created_at)
            VALUES ($account, $ticker, $quantity, $in_pies, $average, $cost, $created_at)
            """,
            ("$account", account),
            ("$ticker", holding.Ticker),
            ("$quantity", Text(holding.Quantity)),
            ("$in_pies", Text(holding.QuantityInPies)),
            ("$average", Text(holding.AveragePricePaid)),
            ("$cost", Text(holding.TotalCost)),
            ("$created_at", Text(holding.CreatedAt)));
    }

    private void WriteDividend(long account, PaperDividend dividend) => Execute(
        """
        INSERT INTO dividends (account_id, sequence, reference, ticker, quantity, gross_amount_per_share, amount, paid_at)
        VALUES ($account, $sequence, $reference, $ticker, $quantity, $gross, $amount, $paid_at)
        """,
        ("$account", account),
        ("$sequence", dividend.Sequence),
        ("$reference", dividend.Reference),
        ("$ticker", dividend.Ticker),
        ("$quantity", Text(dividend.Quantity)),
        ("$gross", Text(dividend.GrossAmountPerShare)),
        ("$amount", Text(dividend.Amount)),
        ("$paid_at", Text(dividend.PaidAt)));

    private void Execute(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Constant texts of this class; values go in as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }
}
