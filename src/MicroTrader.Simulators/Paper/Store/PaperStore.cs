using System.Globalization;
using Microsoft.Data.Sqlite;
using MicroTrader.Simulators.Paper.Core;

namespace MicroTrader.Simulators.Paper.Store;

/// <summary>
/// The account's SQLite file. One commit per change, written through to the disk (WAL, synchronous FULL), so that what
/// was answered survives a kill. The file is locked for this process: a second broker on it would keep other books.
/// </summary>
internal sealed class PaperStore : IDisposable
{
    private readonly SqliteConnection _connection;

    private PaperStore(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens or makes the file.</summary>
    /// <exception cref="PaperBrokerException">The file cannot be written, is not ours, is newer, or is in use.</exception>
    public static PaperStore Open(string path)
    {
        SqliteConnection? connection = null;
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { Length: > 0 } folder)
            {
                Directory.CreateDirectory(folder);
            }

            // One second of patience with a lock: another broker holds it for good.
            connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = SqliteOpenMode.ReadWriteCreate,
                Pooling = false,
                DefaultTimeout = 1,
            }.ToString());
            connection.Open();
            Prepare(connection, path);
            return new PaperStore(connection);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            connection?.Dispose();
            throw new PaperBrokerException(Explain(path, exception), exception);
        }
        catch (PaperBrokerException)
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <summary>Reads the account, or null when the file is new.</summary>
    /// <exception cref="PaperBrokerException">A row cannot be read.</exception>
    public VenueState? Load()
    {
        try
        {
            return PaperStoreReader.Load(_connection);
        }
        catch (Exception exception) when (exception is SqliteException or FormatException or ArgumentException or InvalidOperationException or InvalidCastException or OverflowException)
        {
            throw new PaperBrokerException($"Paper broker file {_connection.DataSource} is damaged: {exception.Message}", exception);
        }
    }

    /// <summary>Writes a change; when it returns the change is on the disk.</summary>
    /// <exception cref="SqliteException">Nothing of the change is written.</exception>
    public void Commit(VenueChange change)
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        WriteAccount(change.Account, transaction);
        if (change.Order is { } order)
        {
            WriteOrder(order, transaction);
        }

        if (change.Fill is { } fill)
        {
            WriteFill(fill, transaction);
        }

        if (change.Holding is { } holding)
        {
            WriteHolding(holding, transaction);
        }

        foreach (var entry in change.History)
        {
            Execute(
                transaction,
                "INSERT INTO history (sequence, order_id, fill_id, at) VALUES ($sequence, $order_id, $fill_id, $at)",
                ("$sequence", entry.Sequence),
                ("$order_id", entry.OrderId),
                ("$fill_id", (object?)entry.FillId ?? DBNull.Value),
                ("$at", Text(entry.At)));
        }

        transaction.Commit();
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static void Prepare(SqliteConnection connection, string path)
    {
        // Before the first read: a database locked for good needs no shared-memory file beside it.
        Run(connection, "PRAGMA locking_mode = EXCLUSIVE");
        var applicationId = Number(connection, "PRAGMA application_id");
        var version = Number(connection, "PRAGMA user_version");
        var isNew = Number(connection, "SELECT count(*) FROM sqlite_master") == 0 && applicationId == 0 && version == 0;
        if (!isNew && applicationId != PaperStoreSchema.ApplicationId)
        {
            throw new PaperBrokerException($"Paper broker file {path} belongs to another program; give a new path or a file that a paper broker made.");
        }

        if (version > PaperStoreSchema.Version)
        {
            throw new PaperBrokerException(
                $"Paper broker file {path} has version {version}, this program knows up to {PaperStoreSchema.Version}; use the newer program.");
        }

        Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
        Run(connection, "BEGIN IMMEDIATE");
        if (isNew)
        {
            Run(connection, PaperStoreSchema.Create);
            Run(connection, string.Create(
                CultureInfo.InvariantCulture,
                $"PRAGMA application_id = {PaperStoreSchema.ApplicationId}; PRAGMA user_version = {PaperStoreSchema.Version};"));
        }
        else
        {
            // A write that changes nothing: it takes the lock, and finds out now whether the file can be written.
            Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version};"));
        }

        Run(connection, "COMMIT");
    }

    private static string Explain(string path, Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: 5 or 6 } => $"Paper broker file {path} is in use by another process; one broker per file.",
        SqliteException { SqliteErrorCode: 8 or 14 } => $"Paper broker file {path} cannot be written; check the path and its permissions.",
        SqliteException { SqliteErrorCode: 26 } => $"Paper broker file {path} is not a SQLite database; give a new path or a file that a paper broker made.",
        SqliteException => $"Paper broker file {path} cannot be used: {exception.Message}",
        _ => $"Paper broker file {path} cannot be made: {exception.Message}",
    };

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constant texts of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constant texts of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset value) => value.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    private void WriteAccount(VenueAccount account, SqliteTransaction transaction) => Execute(
        transaction,
        """
        INSERT OR REPLACE INTO account
            (account_id, currency, starting_cash, cash, realised_profit_loss, next_order_id, next_fill_id, next_history_sequence)
        VALUES ($account_id, $currency, $starting_cash, $cash, $realised, $next_order_id, $next_fill_id, $next_history_sequence)
        """,
        ("$account_id", account.AccountId),
        ("$currency", account.Currency),
        ("$starting_cash", Text(account.StartingCash)),
        ("$cash", Text(account.Cash)),
        ("$realised", Text(account.RealisedProfitLoss)),
        ("$next_order_id", account.NextOrderId),
        ("$next_fill_id", account.NextFillId),
        ("$next_history_sequence", account.NextHistorySequence));

    private void WriteOrder(PaperOrder order, SqliteTransaction transaction) => Execute(
        transaction,
        """
        INSERT INTO orders
            (id, ticker, quantity, filled_quantity, status, initiated_from, extended_hours, created_at, due_at, reserved_cash, fate, fate_fraction, fate_extra_ticks)
        VALUES ($id, $ticker, $quantity, $filled, $status, $from, $extended, $created_at, $due_at, $reserved, $fate, $fraction, $extra)
        ON CONFLICT (id) DO UPDATE SET filled_quantity = $filled, status = $status, due_at = $due_at, reserved_cash = $reserved
        """,
        ("$id", order.Id),
        ("$ticker", order.Ticker),
        ("$quantity", Text(order.Quantity)),
        ("$filled", Text(order.FilledQuantity)),
        ("$status", order.Status.ToString()),
        ("$from", order.InitiatedFrom),
        ("$extended", order.ExtendedHours ? 1 : 0),
        ("$created_at", Text(order.CreatedAt)),
        ("$due_at", Text(order.DueAt)),
        ("$reserved", Text(order.ReservedCash)),
        ("$fate", order.Fate.Kind.ToString()),
        ("$fraction", Text(order.Fate.Fraction)),
        ("$extra", order.Fate.ExtraDelay.Ticks));

    private void WriteFill(PaperFill fill, SqliteTransaction transaction) => Execute(
        transaction,
        """
        INSERT INTO fills (id, order_id, ticker, quantity, price, filled_at, fx_rate, conversion_fee, net_value, realised_profit_loss)
        VALUES ($id, $order_id, $ticker, $quantity, $price, $filled_at, $fx_rate, $fee, $net, $realised)
        """,
        ("$id", fill.Id),
        ("$order_id", fill.OrderId),
        ("$ticker", fill.Ticker),
        ("$quantity", Text(fill.Quantity)),
        ("$price", Text(fill.Price)),
        ("$filled_at", Text(fill.FilledAt)),
        ("$fx_rate", Text(fill.FxRate)),
        ("$fee", Text(fill.ConversionFee)),
        ("$net", Text(fill.NetValue)),
        ("$realised", fill.RealisedProfitLoss is { } realised ? Text(realised) : DBNull.Value));

    private void WriteHolding(PaperHolding holding, SqliteTransaction transaction)
    {
        if (holding.Quantity == 0)
        {
            Execute(transaction, "DELETE FROM holdings WHERE ticker = $ticker", ("$ticker", holding.Ticker));
            return;
        }

        Execute(
            transaction,
            """
            INSERT OR REPLACE INTO holdings (ticker, quantity, quantity_in_pies, average_price_paid, total_cost, created_at)
            VALUES ($ticker, $quantity, $in_pies, $average, $cost, $created_at)
            """,
            ("$ticker", holding.Ticker),
            ("$quantity", Text(holding.Quantity)),
            ("$in_pies", Text(holding.QuantityInPies)),
            ("$average", Text(holding.AveragePricePaid)),
            ("$cost", Text(holding.TotalCost)),
            ("$created_at", Text(holding.CreatedAt)));
    }

    private void Execute(SqliteTransaction transaction, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = _connection.CreateCommand();
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
