using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes <c>AddShopDbSync</c>, in the namespace where users look for such methods.</summary>
internal static class SyncRegistrationEmitter
{
    private const string Services = "global::Microsoft.Extensions.DependencyInjection.IServiceCollection";
    private const string Sync = RootSyncEmitter.Sync;

    public static string Emit(RootSyncSpec spec)
    {
        var writer = GeneratedFile.Begin();
        var (type, name) = (spec.Type.FullName, spec.Registration);
        writer.Lines($"""
            namespace Microsoft.Extensions.DependencyInjection;

            /// <summary>Adds the synchronisation of <see cref="{type}"/> to a container.</summary>
            {GeneratedFile.Attribute}
            {(spec.Type.IsPublic ? "public" : "internal")} static class {name}SyncServiceCollectionExtensions
            """);
        writer.Open();
        writer.Lines($"""
            /// <summary>Adds what carries changes from one database to the other, on any number of nodes, and runs with the host.</summary>
            /// <param name="services">Receives the registrations.</param>
            /// <param name="configure">Sets options; null for none.</param>
            /// <returns><paramref name="services"/>.</returns>
            public static {Services} Add{name}Sync(this {Services} services, global::System.Action<{Sync}SyncOptions>? configure = null)
                => {Sync}SyncServiceCollectionExtensions.AddDualDbSync<{type}>(services, configure, static root => root.Sync);
            """);
        writer.Close();
        return writer.ToString();
    }
}
