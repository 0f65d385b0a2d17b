using Microsoft.Data.Sqlite;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Simulators.Tests.Paper;

public sealed class StartupErrorTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("paper-broker-");

    private string DatabasePath => Path.Combine(_folder.FullName, "paper.db");

    private PaperBrokerOptions Options => new() { DatabasePath = DatabasePath };

    public void Dispose() => _folder.Delete(true);

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        await using var bed = await PaperTestBed.Create();
        var message = await Refusal(Options with { Port = bed.Broker.BaseAddress.Port });
        Assert.Contains($"127.0.0.1:{bed.Broker.BaseAddress.Port}", message, StringComparison.Ordinal);

        // The books were let go: the same file opens at once.
        await using var broker = await PaperBroker.StartAsync(Options);
    }

    [Fact]
    public async Task A_file_in_use_is_named()
    {
        await using var first = await PaperBroker.StartAsync(Options);
        Assert.Contains($"{DatabasePath} is in use", await Refusal(Options), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_cannot_be_written_is_named()
    {
        Directory.CreateDirectory(DatabasePath);
        Assert.Contains($"{DatabasePath} cannot be written", await Refusal(Options), StringComparison.Ordinal);

        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "x");
        Assert.Contains("cannot be made", await Refusal(Options with { DatabasePath = Path.Combine(file, "paper.db") }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_left_alone()
    {
        var text = new string('x', 5000);
        await File.WriteAllTextAsync(DatabasePath, text);
        Assert.Contains("is not a SQLite database", await Refusal(Options), StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(DatabasePath));
    }

    [Fact]
    public async Task A_database_of_another_program_is_left_alone()
    {
        Execute("CREATE TABLE precious (x)");
        Assert.Contains("belongs to another program", await Refusal(Options), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_file_is_refused()
    {
        await (await PaperBroker.StartAsync(Options)).DisposeAsync();
        Execute("PRAGMA user_version = 99");
        Assert.Contains("has version 99", await Refusal(Options), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_row_is_refused()
    {
        await (await PaperBroker.StartAsync(Options)).DisposeAsync();
        Execute("UPDATE account SET cash = 'much'");
        Assert.Contains("is damaged", await Refusal(Options), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_another_account_or_currency_is_refused()
    {
        await (await PaperBroker.StartAsync(Options)).DisposeAsync();
        Assert.Contains("belongs to account 10000001 in USD", await Refusal(Options with { AccountId = 7 }), StringComparison.Ordinal);
        Assert.Contains("belongs to account 10000001 in USD", await Refusal(Options with { Currency = "EUR" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_impossible_setting_is_named()
    {
        Assert.Contains("DatabasePath", await Refusal(Options with { DatabasePath = " " }), StringComparison.Ordinal);
        Assert.Contains("Port", await Refusal(Options with { Port = 70_000 }), StringComparison.Ordinal);
        Assert.Contains("ApiKey", await Refusal(Options with { ApiKey = "a:b" }), StringComparison.Ordinal);
        Assert.Contains("SpreadPercent", await Refusal(Options with { SpreadPercent = -1m }), StringComparison.Ordinal);
        Assert.Contains("AXSM_US_EQ twice", await Refusal(Options with { Instruments = [PaperInstrument.ForSymbol("AXSM"), PaperInstrument.ForSymbol("AXSM")] }), StringComparison.Ordinal);
        Assert.Contains("no rate for USD", await Refusal(Options with { Currency = "JPY" }), StringComparison.Ordinal);
        Assert.False(File.Exists(DatabasePath));
    }

    [Fact]
    public void The_secret_does_not_show_in_the_options_text() =>
        Assert.DoesNotContain("hush", (Options with { ApiSecret = "hush", ApiKey = "hush" }).ToString(), StringComparison.Ordinal);

    private static async Task<string> Refusal(PaperBrokerOptions options)
    {
        var refused = await Assert.ThrowsAsync<PaperBrokerException>(() => PaperBroker.StartAsync(options));
        Assert.DoesNotContain('\n', refused.Message);
        return refused.Message;
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constant texts of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
