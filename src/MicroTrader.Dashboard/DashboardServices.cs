using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MicroTrader.Dashboard.Security;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Dashboard;

/// <summary>Adds the dashboard to a host's services.</summary>
public static class DashboardServices
{
    /// <summary>
    /// Adds what the pages need to render. The host adds <see cref="IRobotQueries"/> itself, and its own <see cref="TimeProvider"/>
    /// where it is not the system's.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddMicroTraderDashboard(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.AddRazorComponents();

        // AddRazorComponents brings data protection along, which would write its keys below the person's home folder. Nothing that a
        // page hands out has to outlive the process, so the keys live and die with it; there is no disk to encrypt them for.
        services.Configure<KeyManagementOptions>(options =>
        {
            options.XmlRepository = new ProcessKeyRepository();
            options.XmlEncryptor = new NullXmlEncryptor();
        });
        return services;
    }
}
