using Microsoft.Data.Sqlite;
using MicroTrader.Actors.Journal;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Running;

namespace MicroTrader.Backtest.Tests;

/// <summary>What is not the recording's must not decide a replay's trades.</summary>
public sealed class ReplayFailureTests
{
    // A file that refuses the facts of positions, as a full disk would: their actor is started again by the clock on the wall, and the recording would go on without it.
    [Fact]
    public async Task A_replay_whose_journal_fails_is_ended_and_says_so()
    {
        using var folder = new TempFolder();
        var data = Both.Write(folder.File("day.csv"), 1, 14_400, "AXSM");
        var running = Task.Run(() => Both.ReplayAsync(Both.Plan(folder.Path, [data]), folder.Path));
        while (!running.IsCompleted && !IsRefusing(folder.Path))
            await Task.Yield();
        var e = await Assert.ThrowsAsync<JournalException>(() => running);
        Assert.StartsWith("the replay was ended, for its trades would not be the recording's: The journal failed (position-AXSM, writing EntryIntended): ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_that_was_not_answered_in_time_is_asked_again()
    {
        var asked = 0;
        Assert.Equal("open", await Patiently.AskAsync(Patiently.With(RunMode.Replay), _ => ++asked < 3 ? Task.FromException<string>(new TimeoutException("busy")) : Task.FromResult("open")));
        Assert.Equal(3, asked);
    }

    // True once the journal is there and takes no fact of a position any more.
    private static bool IsRefusing(string folder)
    {
        var data = Path.Combine(folder, "data");
        if (!Directory.Exists(data) || Directory.GetFiles(data, "journal.db", SearchOption.AllDirectories).FirstOrDefault() is not { } journal)
            return false;
        try
        {
            using var connection = new SqliteConnection($"Data Source={journal};Mode=ReadWrite;Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TRIGGER refuse BEFORE INSERT ON journal WHEN NEW.persistence_id LIKE 'position-%' BEGIN SELECT RAISE(ABORT, 'no room'); END";
            command.ExecuteNonQuery();
            return true;
        }
        catch (SqliteException)
        {
            // Its tables are made while the robot starts.
            return false;
        }
    }
}
