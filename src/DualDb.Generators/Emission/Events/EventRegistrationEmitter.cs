using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes <c>AddShopDbEvents</c>, in the namespace where users look for such methods.</summary>
internal static class EventRegistrationEmitter
{
    private const string Services = "global::Microsoft.Extensions.DependencyInjection.IServiceCollection";
    private const string Transient = "global::Microsoft.Extensions.DependencyInjection.Extensions.ServiceCollectionDescriptorExtensions.TryAddTransient";
    private const string Events = RootEventsEmitter.Events;

    public static string Emit(RootEventsSpec spec)
    {
        var writer = GeneratedFile.Begin();
        var (type, name) = (spec.Type.FullName, spec.Registration);
        writer.Lines($"""
            namespace Microsoft.Extensions.DependencyInjection;

            /// <summary>Adds the events of <see cref="{type}"/> to a container.</summary>
            {GeneratedFile.Attribute}
            {(spec.Type.IsPublic ? "public" : "internal")} static class {name}EventsServiceCollectionExtensions
            """);
        writer.Open();
        writer.Lines($"""
            /// <summary>
            /// Adds the handlers of this project's events, each as a transient service unless it is registered already, and the dispatcher that calls them, which runs with the host.
            /// </summary>
            /// <param name="services">Receives the registrations.</param>
            /// <param name="configure">Sets options; null for none.</param>
            /// <returns><paramref name="services"/>.</returns>
            public static {Services} Add{name}Events(this {Services} services, global::System.Action<{Events}EventOptions>? configure = null)
            """);
        writer.Open();
        foreach (var handler in spec.Handlers)
        {
            writer.Lines($"{Transient}<{handler.Type}>(services);");
        }

        writer.Lines($"return {Events}EventServiceCollectionExtensions.AddDualDbEvents<{type}>(services, configure, static root => root.Events);");
        writer.Close();
        writer.Close();
        return writer.ToString();
    }
}
