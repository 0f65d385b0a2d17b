using System.Data.Common;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Config;
using LinqToDB;
using MicroTrader.Actors.Journal;

namespace MicroTrader.Actors.Hosting;

/// <summary>Adds the journal to an actor system.</summary>
public static class JournalHosting
{
    /// <summary>
    /// Keeps the journal in a SQLite file, which <see cref="JournalFile.Prepare(string, JournalIdentity)"/> has made. The plugins' settings are in <c>hocon/sqlite.hocon</c>; what
    /// HOCON cannot say is said here: every connection syncs fully, for an acknowledged fact must survive a power cut.
    /// </summary>
    public static AkkaConfigurationBuilder WithSqliteJournal(this AkkaConfigurationBuilder builder, string path) => builder
        .AddSetup(new DataOptionsSetup(Options(path)))
        .AddHocon(Serialization, HoconAddMode.Prepend)
        .AddHocon(SqlPersistence.DefaultConfiguration, HoconAddMode.Append);

    /// <summary>How the journal's connections are opened.</summary>
    internal static DataOptions Options(string path) => new DataOptions()
        .UseConnectionString("SQLite.MS", JournalFile.ConnectionString(path))
        .UseAfterConnectionOpened(SetUp, SetUpAsync);

    /// <summary>Strict: what has no name in the journal is refused, and never written under its .NET type's name.</summary>
    internal static Config Serialization => ConfigurationFactory.ParseString($$"""
        akka.actor {
          serializers.microtrader = "{{typeof(MicroTraderSerializer).AssemblyQualifiedName}}"
          serialization-bindings {
            {{string.Join("\n    ", JournalManifests.Types.Select(t => $"\"{t.FullName}, {t.Assembly.GetName().Name}\" = microtrader"))}}
          }
          serialization-identifiers { "{{typeof(MicroTraderSerializer).FullName}}, {{typeof(MicroTraderSerializer).Assembly.GetName().Name}}" = {{MicroTraderSerializer.Id}} }
          serialization-settings.allow-unregistered-types = false
        }
        """);

    private static void SetUp(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = JournalFile.OpenPragmas;
        command.ExecuteNonQuery();
    }

    private static async Task SetUpAsync(DbConnection connection, CancellationToken cancellation)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = JournalFile.OpenPragmas;
            await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
    }
}
