using Akka.Actor.Setup;

namespace MicroTrader.Simulation.Actors.Journal;

/// <summary>Hands medium and faults to the journal of one life.</summary>
internal sealed class JournalSetup(JournalMedium medium, IJournalFaults faults) : Setup
{
    /// <summary>Where facts are kept.</summary>
    public JournalMedium Medium { get; } = medium;

    /// <summary>What goes wrong.</summary>
    public IJournalFaults Faults { get; } = faults;

    /// <summary>The settings that make a system use it. The plugins run on the actors' dispatcher: they wait for nothing.</summary>
    public static string Hocon { get; } = $$"""
        akka.persistence {
          journal {
            plugin = "akka.persistence.journal.simulated"
            simulated {
              class = "{{typeof(SimulatedJournal).AssemblyQualifiedName}}"
              plugin-dispatcher = "akka.actor.default-dispatcher"
              replay-dispatcher = "akka.actor.default-dispatcher"
            }
          }
          snapshot-store {
            plugin = "akka.persistence.snapshot-store.simulated"
            simulated {
              class = "{{typeof(SimulatedSnapshots).AssemblyQualifiedName}}"
              plugin-dispatcher = "akka.actor.default-dispatcher"
            }
          }
        }
        """;
}
