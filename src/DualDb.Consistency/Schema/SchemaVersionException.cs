using System.Globalization;
using DualDb.Consistency.Schema;

namespace DualDb.Consistency;

/// <summary>The schema <c>dualdb</c> of a database is missing, or is not of the version that this library needs. Nothing was read or written.</summary>
/// <param name="message">Which version is there, which is needed, and the next step.</param>
public sealed class SchemaVersionException(string message) : DualDbException(message)
{
    /// <summary>The version that is there; 0 for none.</summary>
    public int Installed { get; init; }

    /// <summary>The version that this library needs.</summary>
    public int Needed { get; init; }

    internal static SchemaVersionException Of(Database database, SchemaModule module, int installed)
    {
        var needed = module.Version.ToString(CultureInfo.InvariantCulture);
        var found = installed.ToString(CultureInfo.InvariantCulture);
        return new SchemaVersionException(installed switch
        {
            0 => $"The {module.Name} schema is not installed in {database}. Call InstallAsync() when the application starts, or run the script of ConsistencySchema.",
            _ when installed > module.Version => $"The {module.Name} schema in {database} is of version {found}, and this library knows {needed}: a newer one has been here. Update DualDb.Consistency in this application.",
            _ => $"The {module.Name} schema in {database} is of version {found}, and {needed} is needed. Call InstallAsync(), or run the script of ConsistencySchema.",
        }) { Database = database, Installed = installed, Needed = module.Version };
    }
}
