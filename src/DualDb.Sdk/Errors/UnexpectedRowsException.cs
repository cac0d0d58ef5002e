using DualDb.Mapping;

namespace DualDb;

/// <summary>A query that must have one row had none, or several.</summary>
/// <param name="message">What was found, and the next step.</param>
public sealed class UnexpectedRowsException(string message) : DualDbException(message)
{
    internal static UnexpectedRowsException NoRow(EntityInfo entity, string operation, string otherwise)
        => new($"{operation} of {entity.Name}: no row of {entity.Schema}.{entity.Table} in {entity.Database} meets the conditions. Use {otherwise} where that is expected.")
        {
            Database = entity.Database,
            Entity = entity.Name,
        };

    internal static UnexpectedRowsException SeveralRows(EntityInfo entity, string operation)
        => new($"{operation} of {entity.Name}: more than one row of {entity.Schema}.{entity.Table} in {entity.Database} meets the conditions. Narrow them, or use FirstOrDefaultAsync with an order.")
        {
            Database = entity.Database,
            Entity = entity.Name,
        };
}
