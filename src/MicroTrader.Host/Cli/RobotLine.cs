using System.CommandLine;
using MicroTrader.Host.Configuration;

namespace MicroTrader.Host.Cli;

/// <summary>What commands that talk to a running robot have in common: their options, and the way to it.</summary>
internal sealed class RobotLine
{
    private readonly CommonOptions _common = new();
    private readonly Option<string?> _url = new("--url") { Description = "The robot's page, if not the usual one", HelpName = "address" };

    /// <summary>Whether a program reads the answer.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "For a program to read" };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="json">Whether a program may read its answer.</param>
    public void AddTo(Command command, bool json = true)
    {
        _common.AddTo(command);
        if (json)
            command.Options.Add(Json);
        command.Options.Add(_url);
    }

    /// <summary>Finds the robot that is meant.</summary>
    /// <exception cref="Running.StartException">None runs, or more than one.</exception>
    /// <exception cref="SettingsException">What was given is no address.</exception>
    public async Task<Uri> FindAsync(RobotCaller client, ParseResult parsed, CancellationToken stop)
    {
        var options = _common.Load(parsed);
        client.Token = options.Web.Token.Trim();
        return parsed.GetValue(_url) is { } given
            ? Given(given)
            : await RobotFinder.FindAsync(client, SettingsLoader.ContentRoot(), options, stop);
    }

    private static Uri Given(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        ? uri
        : throw new SettingsException($"--url: '{url}' is not allowed; allowed is an address such as http://127.0.0.1:5210");
}
