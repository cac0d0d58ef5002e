using DualDb.AspNetCore.Dashboard.Language;

namespace DualDb.AspNetCore.Dashboard.Sections.Migrations;

internal static class MigrationTexts
{
    public static readonly Text Title = new("Migrations", "ไมเกรชัน");
    public static readonly Text Plan = new("Plan over both databases", "แผนของทั้งสองฐานข้อมูล");
    public static readonly Text NoPlan = new("There are no migrations at hand, and none was applied.", "ไม่มีไมเกรชัน และยังไม่เคยใช้ไมเกรชันใด");
    public static readonly Text NoPending = new("All migrations are applied.", "ใช้ไมเกรชันครบแล้ว");
    public static readonly Text Pending = new("{0} are to be applied: run dualdb migrations up, or start a node that migrates.", "มี {0} รายการที่ต้องใช้ โปรดรัน dualdb migrations up หรือเริ่มโหนดที่ทำไมเกรชัน");
    public static readonly Text Unfinished = new("A run broke off or failed, and the next one goes on with it: {0}", "การรันหนึ่งหยุดกลางทางหรือล้มเหลว การรันถัดไปจะทำต่อ: {0}");
    public static readonly Text UnderWay = new("A run is under way: {0}", "มีการรันที่กำลังทำงานอยู่: {0}");
    public static readonly Text Picture = new("Order and requirements of the last {0} migrations, Neon on the left, Supabase on the right; the table says the same.", "ลำดับและข้อกำหนดของไมเกรชัน {0} รายการล่าสุด Neon อยู่ซ้าย Supabase อยู่ขวา ตารางแสดงข้อมูลเดียวกัน");
    public static readonly Text Migration = new("Migration", "ไมเกรชัน");
    public static readonly Text Phase = new("Phase", "ระยะ");
    public static readonly Text Requires = new("Requires", "ต้องมีก่อน");
    public static readonly Text Done = new("Statements done", "คำสั่งที่เสร็จ");
    public static readonly Text Applied = new("applied", "ใช้แล้ว");
    public static readonly Text IsPending = new("pending", "รอใช้");
    public static readonly Text Applying = new("applying", "กำลังใช้");
    public static readonly Text Reverting = new("reverting", "กำลังย้อนกลับ");
    public static readonly Text Changed = new("changed since", "ถูกแก้ไขภายหลัง");
    public static readonly Text NotAtHand = new("not at hand", "ไม่มีไฟล์");
    public static readonly Text Runs = new("History of runs", "ประวัติการรัน");
    public static readonly Text NoRuns = new("Nothing was migrated yet. Run dualdb migrations up, or start a node that migrates.", "ยังไม่เคยทำไมเกรชัน โปรดรัน dualdb migrations up หรือเริ่มโหนดที่ทำไมเกรชัน");
    public static readonly Text Run = new("Run", "การรัน");
    public static readonly Text Way = new("Way", "ทิศทาง");
    public static readonly Text Up = new("up", "ขึ้น");
    public static readonly Text Down = new("down", "ลง");
    public static readonly Text Finished = new("Finished", "เสร็จเมื่อ");
    public static readonly Text Starts = new("Starts", "จำนวนครั้งที่เริ่ม");
    public static readonly Text Running = new("running", "กำลังรัน");
    public static readonly Text Failed = new("failed", "ล้มเหลว");
    public static readonly Text Compensating = new("compensating", "กำลังชดเชย");
    public static readonly Text Compensated = new("undone", "ย้อนกลับแล้ว");
    public static readonly Text Succeeded = new("succeeded", "สำเร็จ");
    public static readonly Text Drift = new("Drift from the model", "ความต่างจากโมเดล");
    public static readonly Text NoDrift = new("Both schemas are those of the model.", "สคีมาทั้งสองตรงกับโมเดล");
    public static readonly Text Severity = new("Severity", "ความรุนแรง");
    public static readonly Text Subject = new("Of", "ของ");
    public static readonly Text Message = new("What differs", "สิ่งที่ต่าง");
    public static readonly Text Error = new("error", "ข้อผิดพลาด");
    public static readonly Text Warning = new("warning", "คำเตือน");
    public static readonly Text Remark = new("remark", "ข้อสังเกต");
    public static readonly Text DryRun = new("Dry run", "ทดลองรัน");
    public static readonly Text Uncompared = new("Could not be compared in {0}:", "เปรียบเทียบใน {0} ไม่ได้:");
}
