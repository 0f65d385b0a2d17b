using System.Collections;
using System.CommandLine;
using MicroTrader.Host.Alerts;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Running;

namespace MicroTrader.Host.Cli;

/// <summary><c>init</c>: asks a few questions and writes <c>appsettings.json</c> and <c>.env</c>. What is there is never written over without a yes.</summary>
internal static class InitCommand
{
    /// <summary>The command.</summary>
    public static Command Make(TextWriter output, Terminal terminal)
    {
        var command = new Command("init", "Asks a few questions and writes appsettings.json, with what each setting means, and .env for keys");
        var folder = new Option<string?>("--folder") { Description = "Where to; else the working folder", HelpName = "folder" };
        var yes = new Option<bool>("--yes") { Description = "Asks nothing: the defaults, the paper broker" };
        var force = new Option<bool>("--force") { Description = "Writes over files that are there, without asking" };
        command.Options.Add(folder);
        command.Options.Add(yes);
        command.Options.Add(force);
        command.SetAction(parsed => new Init(output, terminal, Path.GetFullPath(parsed.GetValue(folder) ?? Directory.GetCurrentDirectory()), parsed.GetValue(yes), parsed.GetValue(force)).Run());
        return command;
    }

    private sealed class Init(TextWriter output, Terminal terminal, string folder, bool yes, bool force)
    {
        public int Run()
        {
            if (!yes && !terminal.IsInteractive)
                throw new SettingsException("init: nobody can be asked here; --yes takes the defaults");
            Directory.CreateDirectory(folder);
            string[] files = [Path.Combine(folder, "appsettings.json"), Path.Combine(folder, ".env")];
            var there = files.Where(File.Exists).Select(Path.GetFileName).ToList();
            if (there.Count > 0 && !force && (yes || !Confirms($"{string.Join(" and ", there)} in {folder} would be written over. Do it?")))
                throw new SettingsException($"init: nothing was written: {string.Join(" and ", there)} in {folder} is there already{(yes ? "; --force writes over it" : "")}");

            var (answers, keys) = Ask();
            var settings = InitFiles.Settings(answers);
            var env = InitFiles.Keys(keys);
            Check(settings, env);
            InitFiles.Write(files[0], settings, secret: false);
            InitFiles.Write(files[1], env, secret: true);
            output.WriteLine($"Written: {files[0]}, and {files[1]}, which only you can read.");
            output.WriteLine("microtrader check says what would run; microtrader runs it.");
            return ExitCodes.Ok;
        }

        private (Dictionary<string, string> Answers, List<(string, string, string)> Keys) Ask()
        {
            var answers = new Dictionary<string, string>(StringComparer.Ordinal);
            var mode = Question("Which money? sim (none), practice, live", "sim", m => m is "sim" or "practice" or "live" ? null : "sim, practice or live");
            answers["Trading:Mode"] = mode;
            answers["Trading:Symbols"] = Question("Symbols, separated by commas", new TraderOptions().Trading.Symbols, Symbols);
            var keys = new List<(string, string, string)>();
            KeyPair("TRADING212_DEMO", "Trading 212, practice money: a key made in the app's practice account.", mode == "practice");
            KeyPair("TRADING212", "Trading 212, REAL money.", mode == "live");
            keys.Add(("LIVE", mode == "live" ? "true" : "false", "Whether real money is traded. On LIVE the start asks for Trading:LiveConfirmation and Risk:Capital as well."));
            keys.Add(("POLYGON_API_KEY", yes ? "" : Secret("Massive (formerly Polygon) API key, for real prices; empty for none"), "Massive (formerly Polygon): real prices."));
            if (mode == "live")
                answers["Risk:Capital"] = Question("Money that the robot may risk, in the account's currency", "", Amount);
            if (!yes && Confirms("Alerts by Telegram?"))
            {
                keys.Add(("Alerts__Telegram__BotToken", Secret("The bot's token, from @BotFather"), "Telegram: the bot's token, from @BotFather."));
                answers["Alerts:Telegram:ChatId"] = Question("The chat's number", "", id => long.TryParse(id, out _) ? null : "a whole number");
            }

            return (answers, keys);

            void KeyPair(string prefix, string about, bool isAsked)
            {
                keys.Add(($"{prefix}_API_KEY", isAsked ? Secret($"{prefix}_API_KEY") : "", about));
                keys.Add(($"{prefix}_API_SECRET", isAsked ? Secret($"{prefix}_API_SECRET") : "", "Its secret."));
            }
        }

        // What was written must load: it is tried before a file is touched.
        private static void Check(string settings, string env)
        {
            var trial = Directory.CreateTempSubdirectory("microtrader-init-");
            try
            {
                InitFiles.Write(Path.Combine(trial.FullName, "appsettings.json"), settings, secret: true);
                InitFiles.Write(Path.Combine(trial.FullName, ".env"), env, secret: true);
                _ = AlertPlan.Of(SettingsLoader.Load(trial.FullName, new Hashtable(), []).Alerts);
            }
            finally
            {
                trial.Delete(recursive: true);
            }
        }

        private string Question(string question, string standard, Func<string, string?> flaw)
        {
            if (yes)
                return standard;
            while (true)
            {
                output.Write($"{question}{(standard.Length > 0 ? $" [{standard}]" : "")}: ");
                output.Flush();
                var answer = terminal.ReadLine() ?? throw new SettingsException("init: nothing was written: the input ended");
                answer = answer.Trim() is { Length: > 0 } given ? given : standard;
                if (flaw(answer) is not { } allowed)
                    return answer;
                output.WriteLine($"  '{answer}' is not allowed; allowed is {allowed}");
            }
        }

        private string Secret(string question)
        {
            if (yes)
                return "";
            output.Write($"{question} (not shown; empty to fill in later): ");
            output.Flush();
            return ((terminal.ReadSecret ?? terminal.ReadLine)() ?? throw new SettingsException("init: nothing was written: the input ended")).Trim();
        }

        private bool Confirms(string question)
        {
            output.Write($"{question} [y/N] ");
            output.Flush();
            return terminal.ReadLine()?.Trim().ToUpperInvariant() is "Y" or "YES";
        }

        private static string? Symbols(string text)
        {
            try
            {
                RunPlanner.Symbols("symbols", text);
                return null;
            }
            catch (SettingsException e)
            {
                return e.Message;
            }
        }

        private static string? Amount(string text) =>
            decimal.TryParse(text, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var amount) && amount > 0 ? null : "a number above 0";
    }
}
