using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MicroTrader.Dashboard.Live;
using MicroTrader.Dashboard.Security;
using MicroTrader.Domain.Robot;
using MudBlazor;
using MudBlazor.Services;

namespace MicroTrader.Dashboard;

/// <summary>Adds the dashboard to a host's services.</summary>
public static class DashboardServices
{
    /// <summary>
    /// Adds what the pages need. The host adds <see cref="IRobotQueries"/>, <see cref="IRobotCommands"/>, <see cref="IMarketBoard"/>,
    /// <see cref="IDecisionFeed"/> and <see cref="ILogTail"/> itself, and its own <see cref="TimeProvider"/> where it is not the system's.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="gate">Who may reach the pages.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddMicroTraderDashboard(this IServiceCollection services, WebGate gate)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(gate);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(gate);
        services.AddSingleton<LiveView>();
        services.AddSingleton<OpenPages>();
        services.AddSingleton<Microsoft.AspNetCore.Components.Server.Circuits.CircuitHandler>(sp => sp.GetRequiredService<OpenPages>());
        services.AddScoped<RobotActs>();
        services.AddRazorComponents().AddInteractiveServerComponents(Limit);
        services.Configure<HubOptions>(options => options.MaximumReceiveMessageSize = 32 * 1024);
        services.AddMudServices(options =>
        {
            options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
            options.SnackbarConfiguration.VisibleStateDuration = 6_000;
            options.SnackbarConfiguration.MaxDisplayedSnackbars = 4;
            options.SnackbarConfiguration.PreventDuplicates = false;
        });

        // AddRazorComponents brings data protection along, which would write its keys below the person's home folder. Nothing that a
        // page hands out has to outlive the process, so the keys live and die with it; there is no disk to encrypt them for.
        services.Configure<KeyManagementOptions>(options =>
        {
            options.XmlRepository = new ProcessKeyRepository();
            options.XmlEncryptor = new NullXmlEncryptor();
        });
        return services;
    }

    // A page that lost its connection is kept for a moment, a few of them: each holds memory of the process that trades.
    private static void Limit(CircuitOptions options)
    {
        options.DisconnectedCircuitMaxRetained = 4;
        options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromSeconds(30);
        // The chart's script is large, and a phone far away loads it slowly.
        options.JSInteropDefaultCallTimeout = TimeSpan.FromMinutes(2);
        options.MaxBufferedUnacknowledgedRenderBatches = 6;
    }
}
