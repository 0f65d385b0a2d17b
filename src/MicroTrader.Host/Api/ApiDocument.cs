using Microsoft.OpenApi;

namespace MicroTrader.Host.Api;

/// <summary>The control API's own description, as OpenAPI: <c>/api/v1/openapi.json</c>. Source: https://spec.openapis.org/oas/v3.1.1.html.</summary>
internal static class ApiDocument
{
    /// <summary>Where it is.</summary>
    public const string Path = ControlApi.Root + "/openapi.json";

    /// <summary>Adds what makes it.</summary>
    public static IServiceCollection AddApiDocument(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, HostJson.Default));
        return services.AddOpenApi("v1", options =>
        {
            options.ShouldInclude = description => description.RelativePath?.StartsWith(ControlApi.Root.TrimStart('/') + "/", StringComparison.Ordinal) == true;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "MicroTrader control API",
                    Version = "v1",
                    Description = $"Shows and steers one robot. A call that changes something needs the header {ControlApi.ChangeHeader}, with any value; a host that is reached from other machines needs Authorization: Bearer with its Web:Token as well.",
                };
                // The address is the caller's own: it depends on the way.
                document.Servers = [];
                return Task.CompletedTask;
            });
            options.AddOperationTransformer((operation, context, _) =>
            {
                if (context.Description.HttpMethod == HttpMethods.Post)
                {
                    operation.Parameters ??= [];
                    operation.Parameters.Add(new OpenApiParameter
                    {
                        Name = ControlApi.ChangeHeader,
                        In = ParameterLocation.Header,
                        Required = true,
                        Description = "Any value: that it is there keeps other sites' pages out.",
                        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                    });
                }

                return Task.CompletedTask;
            });
        });
    }

    /// <summary>Maps it.</summary>
    public static void MapApiDocument(this IEndpointRouteBuilder endpoints) => endpoints.MapOpenApi(Path);
}
